import { createServer, request as send, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConnection, refuseForeign, refuseMalformed } from './request-guard.server';

let seen: { malformed: unknown; foreign: unknown; connection: ReturnType<typeof readConnection> };
const server = createServer((request, response) => {
  seen = {
    malformed: refuseMalformed(request)?.status,
    foreign: refuseForeign(request, 'https://train.example')?.status,
    connection: readConnection(request, 1),
  };
  response.end();
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

async function ask(method: string, path: string, headers: Record<string, string>) {
  const { port } = server.address() as AddressInfo;
  await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = send({ port, host: '127.0.0.1', method, path, headers }, (answer) => {
      answer.resume();
      resolve(answer);
    });
    sent.on('error', reject);
    sent.end();
  });
  return seen;
}

test.each([
  ['//', 400],
  ['//evil.example/x', 400],
  ['*', 400],
  ['/%zz', 400],
  ['/a%00b', 400],
  ['/a\\b', 400],
  ['/a?x=%e4', 400],
  ['/learn?x=%E5%AD%A6', undefined],
  ['/', undefined],
])('the address %s answers %s', async (path, status) => {
  expect((await ask('GET', path, {})).malformed).toBe(status);
});

const json = { 'content-type': 'application/json' };
const formType = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '0' };
test.each([
  ['a page of ours', 'POST', '/x', { ...formType, origin: 'https://train.example' }, undefined],
  ['another site', 'POST', '/x', { ...json, origin: 'https://evil.example' }, 403],
  ['an opaque origin', 'POST', '/x', { ...json, origin: 'null' }, 403],
  ['a sister site', 'POST', '/x', { ...json, 'sec-fetch-site': 'same-site' }, 403],
  ['our own script', 'POST', '/x', { ...formType, 'sec-fetch-site': 'same-origin' }, undefined],
  ['a program', 'POST', '/api/session', json, undefined],
  ['a program with a form', 'POST', '/api/session', formType, 415],
  ['a program with a form to a page', 'POST', '/sign-in', formType, 403],
  [
    'a tus client',
    'PATCH',
    '/api/uploads/1',
    { 'content-type': 'application/offset+octet-stream' },
    undefined,
  ],
  ['a tus creation', 'POST', '/api/uploads', { 'tus-resumable': '1.0.0' }, undefined],
  ['a program signing out', 'DELETE', '/api/session', {}, undefined],
  ['reading', 'GET', '/x', { origin: 'https://evil.example' }, undefined],
])('%s: %s %s', async (_who, method, path, headers, status) => {
  expect((await ask(method, path, headers)).foreign).toBe(status);
});

test('only as many proxies are believed as are trusted', async () => {
  const spoofed = { 'x-forwarded-for': '6.6.6.6, 10.1.1.1', 'x-forwarded-proto': 'https' };
  const { connection } = await ask('GET', '/', spoofed);
  expect(connection).toMatchObject({ address: '10.1.1.1', secure: true });
});
