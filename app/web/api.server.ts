import type { LoaderFunctionArgs } from '@remix-run/node';
import type { z } from 'zod';
import type { Viewer } from '~/domain/accounts/viewer.server';
import { TextChanged } from '~/domain/comments/text-changed';
import {
  DomainError,
  Forbidden,
  Invalid,
  NotSignedIn,
  TooMany,
  Unavailable,
  type FieldError,
} from '~/domain/shared/errors';
import { isStorageFault } from '~/infra/storage-fault.server';
import { readViewer } from './session.server';

export const LARGEST_JSON_BODY = 64 * 1024;

const TITLES: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  errors?: FieldError[];
}

/** An application/problem+json answer (RFC 9457), with `members` of its own beside those of every problem. */
export function problem(
  status: number,
  type: string,
  detail: string,
  extra: {
    errors?: FieldError[];
    headers?: Record<string, string>;
    members?: object;
  } = {},
): Response {
  const body: Problem = {
    ...extra.members,
    type,
    title: TITLES[status] ?? 'Error',
    status,
    detail,
  };
  if (extra.errors) body.errors = extra.errors;
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json', ...extra.headers },
  });
}

/** The answer to a method that an address does not take; `allow` as in the header. */
export function notAllowed(allow: string): Response {
  const methods = allow.replace(', ', ' or ');
  return problem(405, 'method-not-allowed', `Use ${methods}.`, { headers: { allow } });
}

/**
 * The problem answer of a domain error, 503 when the database could not take the work; anything else is not
 * ours to explain and is thrown again.
 */
export function problemOf(thrown: unknown): Response {
  if (thrown instanceof Response) return thrown;
  const error = isStorageFault(thrown) ? new Unavailable('cannot-store') : thrown;
  if (!(error instanceof DomainError)) throw error;
  const headers: Record<string, string> = {};
  if (error instanceof TooMany || error instanceof Unavailable) {
    headers['retry-after'] = String(Math.max(1, Math.ceil(error.retryAfterSeconds)));
  }
  const errors = error instanceof Invalid ? error.errors : undefined;
  const members = error instanceof TextChanged ? error.sides : undefined;
  const extra = { headers, ...(errors && { errors }), ...(members && { members }) };
  return problem(error.status, error.type, error.message, extra);
}

/** A JSON resource for signed-in people: 401 for others, domain errors as problems. */
export function signedInApi(
  handle: (args: LoaderFunctionArgs & { viewer: Viewer }) => Promise<Response>,
): (args: LoaderFunctionArgs) => Promise<Response> {
  return async (args) => {
    try {
      const viewer = await readViewer(args.request, args.context);
      if (!viewer) throw new NotSignedIn();
      if (viewer.mustFinishSignUp)
        throw new Forbidden('finish-sign-up', 'Choose a password at /welcome first.');
      return await handle({ ...args, viewer });
    } catch (error) {
      return problemOf(error);
    }
  };
}

/** The JSON body, checked: 415 for another type, 413 over 64 kB, 400 for what is no JSON, 422 for nonsense. */
export async function readJson<S extends z.ZodType>(
  request: Request,
  schema: S,
): Promise<z.output<S>> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw problem(415, 'unsupported-media-type', 'Send application/json. Nothing was changed.');
  }
  const text = await readLimited(request);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw problem(400, 'not-json', 'The body is not JSON. Nothing was changed.');
  }
  return check(schema, value);
}

/** The value in the schema's shape; throws Invalid with a JSON pointer for each complaint. */
export function check<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Invalid(
    parsed.error.issues.map((issue) => ({
      pointer: `/${issue.path.map((step) => String(step)).join('/')}`.replace(/^\/$/, ''),
      message: issue.message,
    })),
  );
}

async function readLimited(request: Request): Promise<string> {
  const tooLarge = () => problem(413, 'too-large', 'The body is over 64 kB. Nothing was changed.');
  if (Number(request.headers.get('content-length') ?? 0) > LARGEST_JSON_BODY) throw tooLarge();
  const reader = request.body?.getReader();
  if (!reader) return '';
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const step = await reader.read();
    if (step.done) return Buffer.concat(parts).toString('utf8');
    const part: unknown = step.value;
    if (!(part instanceof Uint8Array)) continue;
    size += part.byteLength;
    if (size > LARGEST_JSON_BODY) throw tooLarge();
    parts.push(part);
  }
}
