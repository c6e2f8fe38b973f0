import type { Db } from '~db/client.server';
import { probeLink, type LinkAnswer } from '~/infra/link-probe.server';
import { listLinks } from './article-links.server';
import { findChecks } from './check-draft.server';
import { isOutside } from './publication-check';

const AT_ONCE = 4;

/**
 * Asks every address outside of the platform that the texts of a course lead to, and keeps what was found with its
 * time; what was asked since the given moment is not asked again. May be broken off and run again.
 */
export async function checkLinks(
  db: Db,
  { courseId, since }: { courseId: string; since: number },
  tools: {
    now: () => number;
    signal: AbortSignal;
    probe?: (url: string, limits: { signal: AbortSignal }) => Promise<LinkAnswer>;
  },
): Promise<void> {
  const { now, signal, probe = probeLink } = tools;
  const urls = await listOutsideLinks(db, courseId);
  const found = await findChecks(db, urls);
  const waiting = urls.filter((url) => (found.get(url)?.checkedAt ?? -1) < since);
  const work = async () => {
    for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
      const answer = await probe(url, { signal });
      signal.throwIfAborted();
      await keepAnswer(db, url, answer, now());
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function keepAnswer(db: Db, url: string, answer: LinkAnswer, now: number): Promise<void> {
  const found = { outcome: answer.outcome, status: answer.status, checked_at: now };
  await db
    .insertInto('link_check')
    .values({ url, ...found })
    .onConflict((c) => c.column('url').doUpdateSet(found))
    .execute();
}

async function listOutsideLinks(db: Db, courseId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('lesson')
    .select('article_html')
    .where('course_id', '=', courseId)
    .where('removed_at', 'is', null)
    .where('article_html', 'like', '%href=%')
    .execute();
  return [...new Set(rows.flatMap((row) => listLinks(row.article_html).filter(isOutside)))];
}
