import { expect, test } from 'vitest';
import { createSegmentLinks } from './segment-links.server';

const links = createSegmentLinks('a secret of this platform');
const now = Date.parse('2026-11-10T01:00:00Z');
const HOUR = 3_600_000;
const key = 'm1/480/media.m4s';
const query = links.query('chen', key, 'abc', now);

test('a link opens for the learner it was made for, and through a long lesson', () => {
  expect(links.holds(query, 'chen', key, now)).toBe(true);
  expect(links.holds(query, 'chen', key, now + 11.9 * HOUR)).toBe(true);
});

test('a link dies within a day', () => {
  expect(links.holds(query, 'chen', key, now + 24 * HOUR)).toBe(false);
});

test('the links of one morning are the same, so that a browser finds again what it has', () => {
  expect(links.query('chen', key, 'abc', now + HOUR)).toBe(query);
});

test.each([
  ['another learner', query, 'wang', key],
  ['another file', query, 'chen', 'm1/720/media.m4s'],
  ['another media', query, 'chen', 'm2/480/media.m4s'],
  ['no query', '', 'chen', key],
  ['no signature', query.replace(/&s=.*/, ''), 'chen', key],
  ['a shorter signature', query.slice(0, -1), 'chen', key],
  ['a changed signature', query.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')), 'chen', key],
  ['a later end', query.replace(/u=\w+/, 'u=zzzz'), 'chen', key],
  ['an end that is no number', query.replace(/u=\w+/, 'u=-1'), 'chen', key],
])('%s is refused', (_what, given, person, file) => {
  expect(links.holds(given, person, file, now)).toBe(false);
});

test('another platform’s link is refused', () => {
  const other = createSegmentLinks('another secret');
  expect(other.holds(query, 'chen', key, now)).toBe(false);
});
