import { z } from 'zod';

const DAY_MS = 86_400_000;

/** Signed time as people type it, `5`, `5:20` or `-1:30:00`, in ms; undefined for what is no such time. */
export function parseSignedTime(value: string): number | undefined {
  const found = /^([+\-−]?)(?:(\d{1,2}):(?=\d+:))?(\d{1,4})(?::([0-5]?\d))?$/u.exec(value.trim());
  if (!found) return undefined;
  const [, sign, hours, minutes, seconds] = found;
  const ms = (Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0)) * 1000;
  if (ms > DAY_MS) return undefined;
  return (sign === '-' || sign === '−') && ms > 0 ? -ms : ms;
}

const words = (max: number) => z.string().trim().min(1, 'words').max(max, 'too-long');

/** Minutes and seconds to add or, with a minus, to take; in ms. */
const time = z.string().transform((value, context) => {
  const ms = parseSignedTime(value);
  if (ms === undefined) context.addIssue({ code: 'custom', message: 'time' });
  return ms ?? 0;
});

const day = z
  .string()
  .refine((value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)), 'day');

/** A manager corrects without an appeal. */
export const correctionSchema = z.object({ day, time, reason: words(500) });

/** A learner's word; `day` is empty for the whole lesson. */
export const appealSchema = z.object({ day: z.union([z.literal(''), day]), text: words(500) });

/** A manager's answer; day and time matter only where it is accepted. */
export const decisionSchema = z.discriminatedUnion(
  'decision',
  [
    z.object({ decision: z.literal('accepted'), day, time, reason: words(500) }),
    z.object({ decision: z.literal('declined'), reason: words(500) }),
  ],
  { error: 'decision' },
);
