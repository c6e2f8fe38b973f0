import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { castPeople } from '../db/seed/cast';
import { ask, signInByApi } from './actors';
import { spawnServer, untilReady, type ServerProcess } from './server-process';
import { PASSWORD } from './world';

const servers: ServerProcess[] = [];
test.afterEach(async () => {
  for (const server of servers.splice(0)) await server.remove();
});

async function start(env: Record<string, string> = {}, dataDir?: string): Promise<ServerProcess> {
  const server = await spawnServer({ DEMO_PASSWORD: PASSWORD, ...env }, dataDir);
  servers.push(server);
  return server;
}

async function startReady(env: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await start(env);
  await untilReady(server);
  return server;
}

/** Everything the server answers to these bytes until it closes the connection. */
function sendRaw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let answered = '';
    socket.setEncoding('utf8').on('data', (text: string) => (answered += text));
    socket.on('close', () => resolve(answered));
    socket.on('error', reject);
  });
}

test('it tells whether it lives, is ready, and how it does, the last not to everybody', async () => {
  const token = 'a-token-for-the-metrics';
  const server = await startReady({ METRICS_TOKEN: token, HOST: '0.0.0.0' });
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  expect(await (await fetch(`${server.url}/readyz`)).text()).toBe('ready\n');
  const metrics = await fetch(`${server.url}/metrics`);
  expect(metrics.headers.get('content-type')).toContain('text/plain');
  expect(await metrics.text()).toContain('process_cpu_seconds_total');
  const forwarded = { headers: { 'x-forwarded-for': '203.0.113.9' } };
  expect((await fetch(`${server.url}/metrics`, forwarded)).status).toBe(404);
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((net) => net && net.family === 'IPv4' && !net.internal)?.address;
  expect(outside, 'this machine has an address besides loopback').toBeDefined();
  const elsewhere = `http://${outside}:${server.port}/metrics`;
  expect((await fetch(elsewhere)).status).toBe(404);
  const wrong = { headers: { authorization: 'Bearer another-token-altogether' } };
  expect((await fetch(elsewhere, wrong)).status).toBe(404);
  const right = { headers: { authorization: `Bearer ${token}` } };
  expect((await fetch(elsewhere, right)).status).toBe(200);
});

test('each answer carries a policy of its own, and all that keeps browsers strict', async () => {
  const server = await startReady();
  const nonces = new Set<string>();
  for (const path of ['/sign-in', '/sign-in', '/no-such-page', '/api/nothing', '/healthz']) {
    const answer = await fetch(server.url + path);
    const policy = answer.headers.get('content-security-policy') ?? '';
    const directives = new Map(
      policy.split(';').map((part) => {
        const [name, ...values] = part.trim().split(/\s+/);
        return [name, values] as const;
      }),
    );
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    expect(nonce.length).toBeGreaterThan(15);
    nonces.add(nonce);
    expect(directives.get('script-src')).toEqual(["'self'", `'nonce-${nonce}'`]);
    expect(directives.get('default-src')).toEqual(["'self'"]);
    expect(directives.get('frame-ancestors')).toEqual(["'none'"]);
    expect(directives.get('object-src')).toEqual(["'none'"]);
    expect(directives.get('connect-src')).toEqual(["'self'"]);
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|https?:|\*/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('referrer-policy')).toBe('same-origin');
    expect(answer.headers.get('x-powered-by')).toBeNull();
    expect(answer.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    const html = await answer.text();
    for (const [script] of html.matchAll(/<script[^>]*>/g)) expect(script).toContain(nonce);
  }
  expect(nonces.size).toBe(5);
});

test('what cannot be read as a request is answered 400, and the server lives on', async () => {
  const server = await startReady();
  const host = `Host: 127.0.0.1:${server.port}\r\nConnection: close\r\n\r\n`;
  for (const line of [
    'GET // HTTP/1.1',
    'GET //evil.example/ HTTP/1.1',
    'GET * HTTP/1.1',
    'OPTIONS * HTTP/1.1',
    'GET /%zz HTTP/1.1',
    'GET /%00 HTTP/1.1',
    'GET /a?b=%e4%b HTTP/1.1',
    'GET http://evil.example/ HTTP/1.1',
    'POST //api/session HTTP/1.1',
    'GET /\\\\evil HTTP/1.1',
  ]) {
    const answer = await sendRaw(server.port, `${line}\r\n${host}`);
    expect([line, answer.split('\r\n')[0]]).toEqual([line, 'HTTP/1.1 400 Bad Request']);
  }
  for (const bytes of [
    'nonsense\r\n\r\n',
    '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    `GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n`,
    `GET / HTTP/1.1\r\nConnection: close\r\n\r\n`,
    `GET / HTTP/1.1\r\nX: ${'y'.repeat(40_000)}\r\n${host}`,
  ]) {
    expect(await sendRaw(server.port, bytes)).toMatch(/^HTTP\/1\.1 4(00|31) /);
  }
  expect((await fetch(`${server.url}/sign-in`)).status).toBe(200);
  expect(server.child.exitCode).toBeNull();
});

test('told to stop, it finishes what it is answering, refuses to be ready, and ends well', async () => {
  const server = await startReady();
  const body = JSON.stringify({ login: 'worker01', password: PASSWORD });
  const head =
    `POST /api/session HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n` +
    `Content-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`;
  const socket = connect(server.port, '127.0.0.1');
  let answered = '';
  socket.setEncoding('utf8').on('data', (text: string) => (answered += text));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  await new Promise((resolve) => socket.write(head + body.slice(0, 10), resolve));
  // The request has reached the server once another, sent after it, is answered.
  await fetch(`${server.url}/healthz`);
  server.child.kill('SIGTERM');
  const ended = server.ended();
  await expect.poll(() => fetch(`${server.url}/healthz`).catch(() => 'refused')).toBe('refused');
  socket.write(body.slice(10));
  await closed;
  expect(answered.split('\r\n')[0]).toBe('HTTP/1.1 204 No Content');
  const { code, ms } = await ended;
  expect([code, server.child.signalCode]).toEqual([0, null]);
  expect(ms).toBeLessThan(10_000);
});

test('a request that never ends does not keep it from stopping', async () => {
  const server = await startReady();
  const socket = connect(server.port, '127.0.0.1');
  socket.on('error', () => undefined);
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  const head = `POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`;
  await new Promise((resolve) => socket.write(`${head}Content-Length: 99\r\n\r\n{`, resolve));
  await fetch(`${server.url}/healthz`);
  server.child.kill('SIGTERM');
  const { code, ms } = await server.ended();
  expect(code).toBe(0);
  expect(ms).toBeLessThan(10_000);
});

test('started again on the same data, it is ready and knows everybody', async () => {
  const first = await startReady();
  const cookie = await signInByApi({ url: first.url }, 'worker01');
  first.child.kill('SIGTERM');
  await first.ended();
  const second = await start({}, first.dataDir);
  const ms = await untilReady(second);
  console.log(`ready again after ${Math.round(ms)} ms`);
  expect((await ask({ url: second.url }, '/api/me', { cookie })).status).toBe(200);
});

for (const [name, value] of [
  ['PORT', '70000'],
  ['DATABASE_URL', 'mysql://localhost/x'],
  ['MEDIA_URL', 'ftp://x'],
  ['PUBLIC_URL', 'train.example.org'],
  ['TRUST_PROXY', 'yes'],
  ['METRICS_TOKEN', 'short'],
  ['DEMO', 'perhaps'],
  ['DEMO_PASSWORD', 'short'],
  ['PLATFORM_ZONE', 'Weifang'],
  ['LOG_LEVEL', 'loud'],
  ['CLOCK', 'broken'],
] as const) {
  test(`a wrong ${name} is named at once`, async () => {
    const server = await start({ [name]: value });
    expect((await server.ended()).code).toBe(1);
    expect(server.said()).toContain(`${name}: `);
    expect(server.said()).not.toContain('    at ');
  });
}

test('a port or an address that cannot be had is named too', async () => {
  const first = await startReady();
  const second = await start({ PORT: String(first.port) });
  expect((await second.ended()).code).toBe(1);
  expect(second.said()).toContain('PORT');
  const third = await start({ HOST: '192.0.2.1' });
  expect((await third.ended()).code).toBe(1);
  expect(third.said()).toContain('HOST');
});

test('a public address has no demo world; its first administrator comes by a link, once', async () => {
  const server = await startReady({ PUBLIC_URL: 'https://train.example.org', DEMO: '1' });
  expect(server.said()).not.toContain('worker01');
  const token = /https:\/\/train\.example\.org(\/set-up\/\S+)/.exec(server.said())?.[1];
  expect(token).toBeDefined();
  const path = token ?? '';
  const behind = { headers: { origin: 'https://train.example.org' } };
  expect((await ask(server, path)).status).toBe(200);
  expect((await ask(server, `${path.slice(0, -1)}x`)).status).toBe(404);
  const form = {
    organizationName: '鸢都市人社局',
    mark: '局',
    shortCode: 'bureau',
    name: '陈立群',
    login: 'chenliqun',
    password: 'kite-city-2026',
    repeated: 'kite-city-2026',
  };
  const done = await ask(server, path, { form, ...behind });
  expect(done.status).toBe(302);
  expect(done.headers.getSetCookie().join()).toContain('HttpOnly');
  expect((await ask(server, path)).status).toBe(404);
  expect((await ask(server, path, { form: { ...form, login: 'second' }, ...behind })).status).toBe(
    404,
  );
  const signedIn = await ask(server, '/api/session', {
    json: { login: 'chenliqun', password: 'kite-city-2026' },
    ...behind,
  });
  expect(signedIn.status).toBe(204);
});

test('the log tells what was answered, and nothing about anybody', async () => {
  const server = await startReady({ LOG_LEVEL: 'info' });
  const cookie = await signInByApi(server, 'worker01');
  const wrong = { login: '13600008801', password: 'a-wrong-password' };
  await ask(server, '/api/session', { json: wrong });
  await ask(server, '/sign-in', { form: { ...wrong, to: '/learn' } });
  await ask(server, '/api/me', { cookie });
  await ask(server, '/learn?name=孙立明&phone=13600008801', { cookie });
  await ask(server, '/account', { cookie, headers: { referer: `${server.url}/?q=13600008801` } });
  await ask(server, '/api/watch-sessions', {
    cookie,
    json: { enrollmentId: '孙立明', lessonId: '1' },
  });
  server.child.kill('SIGTERM');
  await server.ended();
  const log = server
    .said()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  const answered = log
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ msg }) => msg === 'answered');
  expect(answered.length).toBeGreaterThan(6);
  for (const line of answered) {
    expect(line.requestId).toMatch(/^[\da-f-]{36}$/);
    expect(Object.keys(line).sort()).toEqual(
      ['level', 'method', 'ms', 'msg', 'requestId', 'route', 'status', 'time'].sort(),
    );
  }
  const secrets = [
    PASSWORD,
    'a-wrong-password',
    ...castPeople.flatMap(({ name, phone, login }) => [name, login, ...(phone ? [phone] : [])]),
    ...cookie.split('; ').map((pair) => pair.split('=')[1] ?? pair),
  ];
  const text = log.join('\n');
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
});

test('the example of the environment lists every variable', () => {
  const source = readFileSync('app/infra/environment.server.ts', 'utf8');
  const variables = [...source.matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, name]) => name);
  expect(variables.length).toBeGreaterThan(10);
  const example = readFileSync('.env.example', 'utf8');
  expect(variables.filter((name) => !new RegExp(`^#? ?${name}=`, 'm').test(example))).toEqual([]);
});
