import { createHmac, timingSafeEqual } from 'node:crypto';

const HOUR_MS = 3_600_000;
/** A link lives 12 to 24 hours: longer than a lesson, and the same all morning, so that browsers keep what it brought. */
const WINDOW_HOURS = 12;
const SIGNATURE_CHARACTERS = 22;

export interface SegmentLinks {
  /** What follows the `?` of the person's link to a stored file; `version` tells re-made files apart. */
  query(personId: string, key: string, version: string, now: number): string;
  /** Whether the query is one that this person was given for this file, and still lives. */
  holds(query: string, personId: string, key: string, now: number): boolean;
}

/** Links to segments that open for one person, one file and a time only (docs/decisions/0016). */
export function createSegmentLinks(secret: string): SegmentLinks {
  const sign = (personId: string, key: string, until: string) =>
    createHmac('sha256', secret)
      .update(`${personId}\n${key}\n${until}`)
      .digest('base64url')
      .slice(0, SIGNATURE_CHARACTERS);
  return {
    query(personId, key, version, now) {
      const hours = (Math.floor(now / HOUR_MS / WINDOW_HOURS) + 2) * WINDOW_HOURS;
      const until = hours.toString(36);
      return `v=${version}&u=${until}&s=${sign(personId, key, until)}`;
    },
    holds(query, personId, key, now) {
      const given = new URLSearchParams(query);
      const until = given.get('u') ?? '';
      const signature = Buffer.from(given.get('s') ?? '');
      if (!/^[0-9a-z]{1,8}$/.test(until)) return false;
      if (Number.parseInt(until, 36) * HOUR_MS <= now) return false;
      const right = Buffer.from(sign(personId, key, until));
      return signature.length === right.length && timingSafeEqual(signature, right);
    },
  };
}
