import { PASSWORD, type World } from './world';

/** In the order of the access table's columns; all but the administrator belong to 海岱动力集团. */
export const roles = ['nobody', 'learner', 'instructor', 'manager', 'administrator'] as const;
export type Role = (typeof roles)[number];

export const logins: Record<Exclude<Role, 'nobody'>, string> = {
  learner: 'worker01',
  instructor: 'teacher02',
  manager: 'manager02',
  administrator: 'admin01',
};

export interface Asked {
  method?: string;
  cookie?: string;
  /** Fields of a form, or files in a FormData; sent with the site's own Origin. */
  form?: Record<string, string> | FormData;
  json?: unknown;
  headers?: Record<string, string>;
}

/** Signs in as programs do; returns the Cookie header. */
export async function signInByApi(world: Pick<World, 'url'>, login: string): Promise<string> {
  const answer = await fetch(`${world.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password: PASSWORD }),
  });
  if (answer.status !== 204) throw new Error(`${login} was answered ${answer.status}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

/** One request over real HTTP, redirects not followed. */
export async function ask(
  world: Pick<World, 'url'>,
  path: string,
  asked: Asked = {},
): Promise<Response> {
  const headers: Record<string, string> = { ...asked.headers };
  if (asked.cookie) headers.cookie = asked.cookie;
  const method = asked.method ?? (asked.form || asked.json !== undefined ? 'POST' : 'GET');
  if (method !== 'GET') headers.origin ??= world.url;
  let body: RequestInit['body'];
  if (asked.form) {
    body = asked.form instanceof FormData ? asked.form : new URLSearchParams(asked.form);
  } else if (asked.json !== undefined) {
    headers['content-type'] ??= 'application/json';
    body = JSON.stringify(asked.json);
  }
  return fetch(`${world.url}${path}`, {
    method,
    headers,
    redirect: 'manual',
    ...(body === undefined ? {} : { body }),
  });
}
