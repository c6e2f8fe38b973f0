import { z } from 'zod';
import { NotSigned, publishRequest } from '~/domain/sign-offs/publish-request.server';
import type { Viewer } from '~/domain/accounts/viewer.server';
import { askLinkCheck } from '~/domain/courses/ask-link-check.server';
import { publishAlone } from '~/domain/sign-offs/publish-alone.server';
import { requestPublication } from '~/domain/sign-offs/request-publication.server';
import { requireBureauReview } from '~/domain/sign-offs/require-bureau-review.server';
import { signOff } from '~/domain/sign-offs/sign-off.server';
import { withdrawRequest } from '~/domain/sign-offs/withdraw-request.server';
import { withdrawSignOff } from '~/domain/sign-offs/withdraw-sign-off.server';
import type { FieldErrors } from '~/web/form.server';
import type { Platform } from '~/web/platform.server';

const note = z.string().trim().max(500).default('');
const requestId = z.string();
const organizationId = z.string();

/** What the page of publication can be asked for. */
export const publicationStep = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('request'), note }),
  z.object({ intent: z.literal('publish-alone'), note }),
  z.object({ intent: z.literal('sign'), requestId, organizationId, hash: z.string() }),
  z.object({ intent: z.literal('withdraw-sign'), requestId, organizationId }),
  z.object({ intent: z.literal('withdraw'), requestId }),
  z.object({ intent: z.literal('publish'), requestId }),
  z.object({ intent: z.literal('check-links') }),
  z.object({ intent: z.literal('require-bureau') }),
  z.object({ intent: z.literal('waive-bureau') }),
]);

export interface PublicationAnswer {
  done: 'requested' | 'signed' | 'sign-withdrawn' | 'withdrawn' | 'bureau' | 'checking' | undefined;
  /** Of the version that was published; 0 where none was. */
  number: number;
  refused: string;
  errors: FieldErrors;
}

/** Does what was asked for; errors of the domain pass. */
export async function takePublicationStep(
  { db, clock }: Pick<Platform, 'db' | 'clock'>,
  viewer: Viewer,
  courseId: string,
  step: z.output<typeof publicationStep>,
): Promise<PublicationAnswer> {
  const now = clock.now();
  const asked = { ...step, courseId, now };
  const told = (done: PublicationAnswer['done']) => ({ done, number: 0, refused: '', errors: {} });
  switch (asked.intent) {
    case 'request':
      await requestPublication(db, viewer, asked);
      return told('requested');
    case 'publish-alone':
      try {
        const { number } = await publishAlone(db, viewer, asked);
        return { ...told(undefined), number };
      } catch (error) {
        // Somebody else has to sign since the page was opened.
        if (error instanceof NotSigned) return told('requested');
        throw error;
      }
    case 'sign':
      await signOff(db, viewer, asked);
      return told('signed');
    case 'withdraw-sign':
      await withdrawSignOff(db, viewer, asked);
      return told('sign-withdrawn');
    case 'withdraw':
      await withdrawRequest(db, viewer, asked);
      return told('withdrawn');
    case 'publish': {
      const { number } = await publishRequest(db, viewer, asked);
      return { ...told(undefined), number };
    }
    case 'check-links':
      await askLinkCheck(db, viewer, { courseId, now });
      return told('checking');
    case 'require-bureau':
    case 'waive-bureau':
      await requireBureauReview(db, viewer, {
        courseId,
        required: asked.intent === 'require-bureau',
        now,
      });
      return told('bureau');
  }
}
