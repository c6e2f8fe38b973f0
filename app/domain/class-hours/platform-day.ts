/** A day of a time zone: `[from, to)` in epoch ms. Days tile time: each moment lies in exactly one. */
export interface DayBounds {
  day: string;
  fromAt: number;
  toAt: number;
}

/** Where the platform's days are cut unless the environment says otherwise. */
export const DEFAULT_ZONE = 'Asia/Shanghai';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** No zone is further than this from UTC. */
const WIDEST_OFFSET = 16 * HOUR;

const clocks = new Map<string, Intl.DateTimeFormat>();
/** Asking the runtime for a day's bounds costs some 100 us, and each beat asks for its own and its class's days. */
const knownAt = new Map<string, DayBounds[]>();
const knownDays = new Map<string, DayBounds>();
const MOST_KNOWN_DAYS = 2_000;
/** Nearly always the next to be asked for again. */
let latest: { zone: string; bounds: DayBounds } | undefined;

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-US-u-ca-iso8601-nu-latn', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  clocks.set(zone, clock);
  return clock;
}

/** The wall clock of the zone, read as if it were UTC. */
function localTime(at: number, zone: string): number {
  const read: Record<string, number> = {};
  for (const part of clockOf(zone).formatToParts(at)) read[part.type] = Number(part.value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = read;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

const label = (local: number) => new Date(local).toISOString().slice(0, 10);
const dateOf = (at: number, zone: string) => label(localTime(at, zone));

/** The first moment at which the zone's calendar shows `day` or a later one. */
function startOfDay(day: string, zone: string): number {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const offsetAt = (at: number) => localTime(at, zone) - at;
  const byOffsetBefore = midnight - offsetAt(midnight - WIDEST_OFFSET);
  const byOffsetAfter = midnight - offsetAt(midnight + WIDEST_OFFSET);
  let before = Math.min(byOffsetBefore, byOffsetAfter);
  if (dateOf(before, zone) >= day) return before;
  let start = Math.max(byOffsetBefore, byOffsetAfter);
  while (start - before > 1) {
    const middle = Math.floor((before + start) / 2);
    if (dateOf(middle, zone) >= day) start = middle;
    else before = middle;
  }
  return start;
}

const nextDate = (day: string) => label(Date.parse(`${day}T00:00:00Z`) + DAY);

/**
 * The day a moment belongs to. Where clocks are set back over midnight the repeated hour stays with the
 * new day, and a date a zone skipped has no day, so that days always tile time in order.
 * Throws a RangeError for a zone the runtime does not know.
 */
export function dayAt(at: number, zone: string): DayBounds {
  if (latest?.zone === zone && latest.bounds.fromAt <= at && at < latest.bounds.toAt) {
    return latest.bounds;
  }
  const bounds = findDay(at, zone);
  latest = { zone, bounds };
  return bounds;
}

function findDay(at: number, zone: string): DayBounds {
  const key = `${zone} ${Math.floor(at / DAY)}`;
  const near = knownAt.get(key) ?? [];
  const known = near.find(({ fromAt, toAt }) => fromAt <= at && at < toAt);
  if (known) return known;
  let fromDate = dateOf(at, zone);
  let toAt = startOfDay(nextDate(fromDate), zone);
  if (toAt <= at) {
    fromDate = nextDate(fromDate);
    toAt = startOfDay(nextDate(fromDate), zone);
  }
  const bounds = { day: fromDate, fromAt: startOfDay(fromDate, zone), toAt };
  if (knownAt.size >= MOST_KNOWN_DAYS) knownAt.clear();
  knownAt.set(key, [...near, bounds]);
  return bounds;
}

/** The bounds of a calendar day, e.g. of a class's first and last day. `day` is `YYYY-MM-DD`. */
export function boundsOfDay(day: string, zone: string): DayBounds {
  const key = `${zone} ${day}`;
  const known = knownDays.get(key);
  if (known) return known;
  const bounds = { day, fromAt: startOfDay(day, zone), toAt: startOfDay(nextDate(day), zone) };
  if (knownDays.size >= MOST_KNOWN_DAYS) knownDays.clear();
  knownDays.set(key, bounds);
  return bounds;
}
