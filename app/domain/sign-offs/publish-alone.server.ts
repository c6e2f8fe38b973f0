import type { Db } from '~db/client.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { getPublicationStanding } from './get-publication-standing.server';
import { publishRequest } from './publish-request.server';
import { requestPublication } from './request-publication.server';
import { signOff } from './sign-off.server';

/**
 * Freezes, signs and publishes in one go, where the author signs for all that is in the course. Where others have
 * to sign it throws NotSigned, and the candidate waits for them; as the three actions otherwise.
 */
export async function publishAlone(
  db: Db,
  actor: Actor,
  input: { courseId: string; note: string; now: number },
): Promise<{ courseVersionId: string; number: number }> {
  const { courseId, now } = input;
  const { requestId } = await requestPublication(db, actor, input);
  const { request } = await getPublicationStanding(db, actor, courseId);
  for (const part of request?.parts ?? []) {
    if (part.signed || !part.maySign) continue;
    const { hash, organization } = part;
    const organizationId = organization.id;
    await signOff(db, actor, { courseId, requestId, organizationId, hash, now });
  }
  return publishRequest(db, actor, { courseId, requestId, now });
}
