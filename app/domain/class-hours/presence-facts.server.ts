import type { Db, Trx } from '~db/client.server';
import type { PresenceFact } from './rule-set';

/** The presence checks each learner was ever asked, in the order of asking. */
export async function loadPresenceFacts(
  db: Db | Trx,
  personIds: readonly string[],
): Promise<Map<string, PresenceFact[]>> {
  const found = new Map(personIds.map((id): [string, PresenceFact[]] => [id, []]));
  if (personIds.length === 0) return found;
  const rows = await db
    .selectFrom('presence_check')
    .select(['person_id', 'asked_at', 'passed_at'])
    .where('person_id', 'in', personIds)
    .orderBy('asked_at')
    .orderBy('id')
    .execute();
  for (const row of rows) {
    found.get(row.person_id)?.push({ askedAt: row.asked_at, passedAt: row.passed_at });
  }
  return found;
}

/** When the learner answered questions in these sessions: each answer is a contact. Epoch ms. */
export async function loadAnswerMoments(
  db: Db | Trx,
  sessionIds: readonly string[],
): Promise<Map<string, number[]>> {
  const found = new Map<string, number[]>();
  if (sessionIds.length === 0) return found;
  const rows = await db
    .selectFrom('presence_question')
    .select(['answered_in', 'answered_at'])
    .where('answered_in', 'in', sessionIds)
    .execute();
  for (const { answered_in: sessionId, answered_at: at } of rows) {
    if (sessionId === null || at === null) continue;
    found.set(sessionId, [...(found.get(sessionId) ?? []), at]);
  }
  return found;
}
