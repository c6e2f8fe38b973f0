import { z } from 'zod';
import { TEXT_FIELD } from '../lesson-texts/text-schema';
import { LONGEST_COMMENT, LONGEST_QUOTE, LONGEST_REPLACEMENT } from './comment-limits';

const MOST_MENTIONS = 20;

const yjsId = z.object({ client: z.number().int().min(0), clock: z.number().int().min(0) });
const relativePosition = z
  .object({
    type: yjsId.optional(),
    tname: z.literal(TEXT_FIELD).optional(),
    item: yjsId.optional(),
    assoc: z.number().int().min(-1).max(0).default(0),
  })
  .refine(({ type, tname, item }) => type ?? tname ?? item);

/** A place in the text, as `text-range.ts` writes it. */
const position = z
  .string()
  .max(300)
  .transform((text, context) => {
    try {
      return JSON.stringify(relativePosition.parse(JSON.parse(text)));
    } catch {
      context.addIssue({ code: 'custom', message: 'is no place in a text' });
      return z.NEVER;
    }
  });

const quote = z.string().max(LONGEST_QUOTE, 'tooLong');

const anchor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('lesson') }),
  z.object({ kind: z.literal('text'), start: position, end: position, quote }),
  z.object({
    kind: z.literal('video'),
    mediaId: z.string().min(1).max(64),
    momentMs: z.number().int().min(0).max(86_400_000),
  }),
]);
export type Anchor = z.output<typeof anchor>;

const body = z.string().trim().max(LONGEST_COMMENT, 'tooLong');
const mentions = z.array(z.string().max(64)).max(MOST_MENTIONS).default([]);

/** Words that stay in their block. */
const replacement = z
  .string()
  .max(LONGEST_REPLACEMENT, 'tooLong')
  .transform((words) => words.replace(/[\r\n\t]+/g, ' '));

/** A new thread; a suggestion may go without further words, a comment may not. */
export const threadForm = z
  .object({ anchor, body, mentions, replacement: replacement.optional() })
  .refine(({ body: words, replacement: wanted }) => words !== '' || wanted !== undefined, {
    path: ['body'],
    message: 'required',
  })
  .refine(({ anchor: at, replacement: wanted }) => wanted === undefined || at.kind === 'text', {
    path: ['replacement'],
    message: 'needs a range of the text',
  })
  .refine(({ anchor: at, replacement: wanted }) => at.kind !== 'text' || at.quote !== wanted, {
    path: ['replacement'],
    message: 'changesNothing',
  });
export type ThreadForm = z.output<typeof threadForm>;

export const replyForm = z.object({ body: body.min(1, 'required'), mentions });
export type ReplyForm = z.output<typeof replyForm>;

/** Withdrawn by whoever suggested it, accepted or rejected by those who write the lesson. */
export const decisionForm = z.object({ outcome: z.enum(['accepted', 'rejected', 'withdrawn']) });
export const resolutionForm = z.object({ resolved: z.boolean() });
