import { expect, test } from 'vitest';
import { readEnvironment } from './environment.server';

test('a newcomer needs no variable at all', () => {
  const settings = readEnvironment({});
  expect(settings).toMatchObject({ port: 3000, host: '127.0.0.1', demo: true, trustProxy: 0 });
  expect(settings.databaseUrl).toMatch(/^file:\/.*\/data\/jiangxue\.sqlite$/);
});

test('a public address turns the demo world off, whatever DEMO says', () => {
  expect(readEnvironment({ PUBLIC_URL: 'https://train.example', DEMO: '1' }).demo).toBe(false);
});

test.each([
  ['PORT', '99999'],
  ['PORT', 'web'],
  ['DATABASE_URL', 'mysql://x'],
  ['MEDIA_URL', 'ftp://x'],
  ['MEDIA_ACCEL', '_media'],
  ['MEDIA_ACCEL', '/'],
  ['MEDIA_CDN_URL', 'cdn.example'],
  ['MEDIA_CDN_URL', 'https://cdn.example/?x'],
  ['PUBLIC_URL', 'train.example'],
  ['PUBLIC_URL', 'https://train.example/path'],
  ['TRUST_PROXY', '-1'],
  ['METRICS_TOKEN', 'short'],
  ['DEMO', 'maybe'],
  ['DEMO_PASSWORD', 'short'],
  ['PLATFORM_ZONE', 'Mars/Olympus'],
  ['CLOCK', 'broken'],
  ['CONVERSION', 'nowhere'],
])('%s=%s is refused by name', (name, value) => {
  expect(() => readEnvironment({ [name]: value })).toThrow(new RegExp(`^${name}: `, 'm'));
});

test('segments are handed to the proxy from a folder only', () => {
  const both = { MEDIA_URL: 's3://media?region=x', MEDIA_ACCEL: '/_media/' };
  expect(() => readEnvironment(both)).toThrow(/^MEDIA_ACCEL: /m);
  const settings = readEnvironment({ MEDIA_ACCEL: '/_media/', MEDIA_CDN_URL: 'https://cdn.x/m/' });
  expect(settings).toMatchObject({ mediaAccel: '/_media/', mediaCdnUrl: 'https://cdn.x/m' });
});

test('the clock is driven where asked for, but never behind a public address', () => {
  expect(readEnvironment({}).clockDriven).toBe(false);
  expect(readEnvironment({ CLOCK: 'driven' }).clockDriven).toBe(true);
  const both = { CLOCK: 'driven', PUBLIC_URL: 'https://train.example' };
  expect(() => readEnvironment(both)).toThrow(/^CLOCK: driven is for tests/m);
});
