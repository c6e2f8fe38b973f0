import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundsOfDay, dayAt } from './platform-day';

const at = (iso: string) => Date.parse(iso);
const HOUR = 3_600_000;

describe('the platform day', () => {
  it.each([
    ['Asia/Shanghai', '2026-03-01T15:59:59.999Z', '2026-03-01', 24],
    ['Asia/Shanghai', '2026-03-01T16:00:00.000Z', '2026-03-02', 24],
    ['UTC', '2024-02-29T23:59:59.999Z', '2024-02-29', 24],
    ['Asia/Kathmandu', '2026-01-01T18:15:00.000Z', '2026-01-02', 24],
    ['Europe/Berlin', '2026-03-29T12:00:00.000Z', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25T12:00:00.000Z', '2026-10-25', 25],
    // Clocks go from 00:00 to 01:00, and from 00:00 back to 23:00.
    ['America/Sao_Paulo', '2018-11-04T03:00:00.000Z', '2018-11-04', 23],
    ['America/Sao_Paulo', '2018-02-18T02:30:00.000Z', '2018-02-17', 25],
    // Clocks go from 00:01 back to 23:01: the repeated hour stays with the new day.
    ['America/St_Johns', '2010-11-07T02:45:00.000Z', '2010-11-07', 25],
    ['America/St_Johns', '2010-11-07T02:30:00.000Z', '2010-11-07', 25],
    ['America/St_Johns', '2010-11-07T02:29:59.999Z', '2010-11-06', 24],
    // The island that skipped a day.
    ['Pacific/Apia', '2011-12-30T09:59:59.999Z', '2011-12-29', 24],
    ['Pacific/Apia', '2011-12-30T10:00:00.000Z', '2011-12-31', 24],
  ])('in %s %s belongs to %s, a day of %i hours', (zone, moment, day, hours) => {
    const bounds = dayAt(at(moment), zone);
    expect(bounds.day).toBe(day);
    expect((bounds.toAt - bounds.fromAt) / HOUR).toBe(hours);
    expect(boundsOfDay(day, zone)).toEqual(bounds);
  });

  it('tiles time in any zone', () => {
    const zones = ['Asia/Shanghai', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Apia'];
    const moments = fc.integer({ min: at('2009-01-01T00:00Z'), max: at('2027-01-01T00:00Z') });
    fc.assert(
      fc.property(fc.constantFrom(...zones), moments, (zone, moment) => {
        const { day, fromAt, toAt } = dayAt(moment, zone);
        expect(fromAt).toBeLessThanOrEqual(moment);
        expect(moment).toBeLessThan(toAt);
        expect(dayAt(toAt - 1, zone).day).toBe(day);
        const next = dayAt(toAt, zone);
        expect(next.fromAt).toBe(toAt);
        expect(next.day > day).toBe(true);
      }),
    );
  });

  it('says when a zone does not exist', () => {
    expect(() => dayAt(0, 'Mars/Olympus')).toThrow(RangeError);
  });
});
