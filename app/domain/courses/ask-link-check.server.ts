import type { Db, Trx } from '~db/client.server';
import { requireAuthor, type Actor } from '../co-authoring/course-reach.server';
import { addJob } from '../jobs/add-job.server';
import { listLinks } from './article-links.server';
import { findChecks } from './check-draft.server';
import { isOutside } from './publication-check';

/** An answer is good for a day where no author asks anew. */
const FRESH_MS = 24 * 3_600_000;

/** An author has the addresses in a course's texts asked again, whatever was found before. */
export async function askLinkCheck(
  db: Db,
  actor: Actor,
  { courseId, now }: { courseId: string; now: number },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await requireAuthor(trx, actor, courseId);
    await queueCheck(trx, { courseId, since: now, now });
  });
}

/** Has the addresses of a text asked that nobody asked yet; in the transaction that writes it. */
export async function askNewLinks(
  trx: Db | Trx,
  { courseId, html, now }: { courseId: string; html: string; now: number },
): Promise<void> {
  const urls = listLinks(html).filter(isOutside);
  if (urls.length === 0) return;
  const found = await findChecks(trx, urls);
  if (urls.some((url) => !found.has(url)))
    await queueCheck(trx, { courseId, since: now - FRESH_MS, now });
}

/** One check of a course waits at most; what waits asks at least what the newest wish wants asked. */
async function queueCheck(
  trx: Db | Trx,
  { courseId, since, now }: { courseId: string; since: number; now: number },
): Promise<void> {
  const payload = { courseId, since: String(since) };
  const waiting = await trx
    .selectFrom('job')
    .select(['id', 'payload'])
    .where('kind', '=', 'check-links')
    .where('finished_at', 'is', null)
    .where('failed_at', 'is', null)
    .where('claimed_by', 'is', null)
    .where('payload', 'like', `%"courseId":"${courseId}"%`)
    .executeTakeFirst();
  if (!waiting) await addJob(trx, { kind: 'check-links', payload, now });
  else if (Number((JSON.parse(waiting.payload) as typeof payload).since) < since) {
    const wanted = JSON.stringify(payload);
    await trx.updateTable('job').set({ payload: wanted }).where('id', '=', waiting.id).execute();
  }
}
