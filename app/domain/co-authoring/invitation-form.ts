import { z } from 'zod';
import { oneLine, titleLength } from '../courses/course-settings';

export const MOST_CHAPTERS = 20;
export const LONGEST_MESSAGE = 500;
export const LONGEST_REASON = 200;

const isDay = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));

/** What an invitation asks: some words, a chapter title a line, and the last day or none. */
export const invitationTerms = z.object({
  message: z.string().trim().max(LONGEST_MESSAGE, 'tooLong').default(''),
  chapters: z
    .string()
    .default('')
    .transform((text) => text.split('\n').filter((line) => line.trim() !== ''))
    .pipe(z.array(oneLine(titleLength)).max(MOST_CHAPTERS, 'tooLong')),
  endsOn: z
    .string()
    .default('')
    .refine((text) => text === '' || isDay(text), 'noDay')
    .transform((text) => text || null),
});
export type InvitationTerms = z.output<typeof invitationTerms>;
