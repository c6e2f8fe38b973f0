import type { Db, Trx } from '~db/client.server';

/** A suggestion that became part of a lesson's text. */
export interface AcceptedSuggestion {
  lessonId: string;
  /** Who suggested it. */
  name: string;
  acceptedBy: string;
  acceptedAt: number;
}

/** What was suggested for these lessons and accepted within a time (ms, both ends in it), oldest first. */
export async function listAcceptedSuggestions(
  db: Db | Trx,
  given: { lessonIds: string[]; from: number; to: number },
): Promise<AcceptedSuggestion[]> {
  if (given.lessonIds.length === 0) return [];
  const rows = await db
    .selectFrom('comment_thread')
    .innerJoin('person', 'person.id', 'comment_thread.created_by')
    .select([
      'comment_thread.lesson_id as lessonId',
      'person.name',
      'comment_thread.decided_by as acceptedBy',
      'comment_thread.decided_at as acceptedAt',
    ])
    .where('comment_thread.lesson_id', 'in', given.lessonIds)
    .where('comment_thread.outcome', '=', 'accepted')
    .where('comment_thread.decided_at', '>=', given.from)
    .where('comment_thread.decided_at', '<=', given.to)
    .orderBy('comment_thread.decided_at')
    .orderBy('comment_thread.id')
    .execute();
  return rows.map((row) => ({
    ...row,
    acceptedBy: row.acceptedBy ?? '',
    acceptedAt: row.acceptedAt ?? 0,
  }));
}
