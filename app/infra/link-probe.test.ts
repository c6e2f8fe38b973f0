import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { probeLink } from './link-probe.server';
import { isPublicAddress } from './public-address.server';

let server: Server;
let at: string;
const asked: string[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(`${request.method} ${path}`);
    if (path === '/silent') return;
    if (path === '/moved') response.writeHead(302, { location: '/page' });
    else if (path === '/round') response.writeHead(302, { location: '/round' });
    else if (path === '/inside') response.writeHead(302, { location: 'http://10.0.0.8/secret' });
    else if (path === '/no-head' && request.method === 'HEAD') response.writeHead(405);
    else if (path === '/sign-in') response.writeHead(401);
    else response.writeHead(path === '/page' || path === '/no-head' ? 200 : 404);
    response.end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const here = { isAllowed: (address: string) => address === '127.0.0.1' };

describe('an address in a text', () => {
  test.each([
    ['/page', { outcome: 'works', status: 200 }],
    ['/moved', { outcome: 'works', status: 200 }],
    ['/no-head', { outcome: 'works', status: 200 }],
    ['/sign-in', { outcome: 'works', status: 401 }],
    ['/gone', { outcome: 'broken', status: 404 }],
    ['/round', { outcome: 'broken', status: 310 }],
    ['/inside', { outcome: 'refused', status: null }],
  ])('is asked whether it is there: %s', async (path, answer) => {
    expect(await probeLink(`${at}${path}`, here)).toEqual(answer);
  });

  test('that never answers is given up', async () => {
    const answer = await probeLink(`${at}/silent`, { ...here, timeoutMs: 200 });
    expect(answer).toEqual({ outcome: 'unreachable', status: null });
  });

  test('within this machine or its network is not asked, by number or by name', async () => {
    const before = asked.length;
    const { port } = new URL(at);
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '2130706433', '[::ffff:127.0.0.1]']) {
      expect(await probeLink(`http://${host}:${port}/page`)).toMatchObject({ outcome: 'refused' });
    }
    expect(await probeLink('file:///etc/passwd')).toMatchObject({ outcome: 'refused' });
    expect(asked).toHaveLength(before);
  });
});

test.each([
  ['8.8.8.8', true],
  ['223.5.5.5', true],
  ['2400:3200::1', true],
  ['10.1.2.3', false],
  ['100.64.0.1', false],
  ['127.0.0.1', false],
  ['169.254.169.254', false],
  ['172.31.255.255', false],
  ['192.168.1.1', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['0.0.0.0', false],
  ['::', false],
  ['::1', false],
  ['::ffff:10.0.0.1', false],
  ['64:ff9b::a00:1', false],
  ['2002:a00:1::', false],
  ['fd00::1', false],
  ['fe80::1', false],
  ['ff02::1', false],
  ['example.org', false],
])('%s is an address of the public internet: %s', (address, is) => {
  expect(isPublicAddress(address)).toBe(is);
});
