import { expect, test } from '@playwright/test';
import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { ask, signInByApi } from './actors';
import { spawnServer, untilReady, type ServerProcess } from './server-process';
import { PASSWORD } from './world';

const DAY = 86_400_000;
const servers: ServerProcess[] = [];
test.afterEach(async () => {
  for (const server of servers.splice(0)) await server.remove();
});

async function start(env: Record<string, string> = {}, dataDir?: string): Promise<ServerProcess> {
  const given = { CLOCK: 'driven', DEMO_PASSWORD: PASSWORD, ...env };
  const server = await spawnServer(given, dataDir);
  servers.push(server);
  await untilReady(server);
  return server;
}

async function advance(server: ServerProcess, advanceMs: number): Promise<number> {
  const answer = await ask(server, '/api/clock', { json: { advanceMs } });
  expect(answer.status).toBe(200);
  const { now } = (await answer.json()) as { now: string };
  expect(now).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  return Date.parse(now);
}

interface Me {
  enrollments: { id: string; lessons: { id: string; kind: string; durationMs: number }[] }[];
}
interface Opened {
  id: string;
  startedAt: string;
}

async function openPlayer(server: ServerProcess, cookie: string): Promise<Opened> {
  const me = (await (await ask(server, '/api/me', { cookie })).json()) as Me;
  const enrollment = me.enrollments[0];
  const lesson = enrollment?.lessons.find(({ kind }) => kind === 'video');
  const wanted = { enrollmentId: enrollment?.id, lessonId: lesson?.id };
  const answer = await ask(server, '/api/watch-sessions', { cookie, json: wanted });
  expect(answer.status).toBe(201);
  return (await answer.json()) as Opened;
}

test('driven time stands still until it is moved; study and sign-in follow it', async () => {
  const server = await start();
  expect(server.said()).toContain('/api/clock');
  const from = await advance(server, 0);
  const cookie = await signInByApi(server, 'worker31');
  const session = await openPlayer(server, cookie);
  expect(Date.parse(session.startedAt)).toBe(from);
  const beats = [
    { seq: 1, wallFromMs: 0, wallToMs: 9_000, mediaFromMs: 0, mediaToMs: 9_000, visible: true },
  ];
  const path = `/api/watch-sessions/${session.id}/beats`;
  const spent = async () => {
    const answer = await ask(server, path, { cookie, json: { beats } });
    beats.splice(0, 1, {
      ...beats[0]!,
      seq: beats[0]!.seq + 1,
      wallFromMs: 9_000,
      wallToMs: 18_000,
    });
    return (await answer.json()) as { spentMs: number; refusals: { clause: string; ms: number }[] };
  };
  const early = await spent();
  expect(early.refusals).toEqual([{ seq: 1, clause: 'elapsed', ms: 7_000 }]);
  expect(await advance(server, 18_000)).toBe(from + 18_000);
  const later = await spent();
  expect([later.spentMs - early.spentMs, later.refusals]).toEqual([9_000, []]);
  await advance(server, 200 * DAY);
  expect((await ask(server, '/api/me', { cookie })).status).toBe(401);
  expect((await ask(server, path, { cookie, json: { beats } })).status).toBe(401);
});

test('guesses at a password are forgiven as driven time passes', async () => {
  const server = await start();
  const signIn = async (password: string) =>
    (await ask(server, '/api/session', { json: { login: 'worker06', password } })).status;
  for (let n = 0; n < 5; n += 1) expect(await signIn(`wrong ${n}`)).toBe(401);
  expect(await signIn(PASSWORD)).toBe(429);
  await advance(server, DAY);
  expect(await signIn(PASSWORD)).toBe(204);
});

test('started again, driven time goes on no earlier than the last evidence', async () => {
  const first = await start();
  await advance(first, 3 * DAY);
  const session = await openPlayer(first, await signInByApi(first, 'worker31'));
  first.child.kill('SIGTERM');
  await first.ended();
  const second = await start({}, first.dataDir);
  expect(await advance(second, 0)).toBeGreaterThanOrEqual(Date.parse(session.startedAt));
});

test('only a program on the machine itself moves time, and only with sense', async () => {
  const server = await start({ HOST: '0.0.0.0', TRUST_PROXY: '1' });
  const from = await advance(server, 0);
  for (const json of [{ advanceMs: -1 }, { advanceMs: 0.5 }, { advanceMs: '1' }, {}, 7]) {
    expect((await ask(server, '/api/clock', { json })).status).toBe(422);
  }
  expect((await ask(server, '/api/clock')).status).toBe(405);
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((net) => net && net.family === 'IPv4' && !net.internal)?.address;
  expect(outside, 'this machine has an address besides loopback').toBeDefined();
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': '127.0.0.1' };
    const from = { host: outside, port: server.port, path: '/api/clock', method: 'POST', headers };
    request(from, (answer) => resolve(answer.resume().statusCode))
      .on('error', reject)
      .end('{"advanceMs":1}');
  });
  expect(status).toBe(404);
  expect(await advance(server, 0)).toBe(from);
});

test('a public address and a driven clock are not had together', async () => {
  const server = await spawnServer({ CLOCK: 'driven', PUBLIC_URL: 'https://train.example.org' });
  servers.push(server);
  expect((await server.ended()).code).toBe(1);
  expect(server.said()).toContain('CLOCK: driven is for tests');
});
