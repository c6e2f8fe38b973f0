import type { Db } from '~db/client.server';
import type { Beat } from '../class-hours/rule-set';
import { listBeats } from '../class-hours/stored-beats.server';
import { inChunks } from '../shared/in-chunks';
import {
  beatLine,
  checkLines,
  correctionLine,
  enrollmentStatusLine,
  questionLines,
  sessionLine,
  sortLines,
  type EvidenceLine,
} from './evidence-line';

const SESSIONS_AT_ONCE = 200;

/** Which arrivals: those of `[fromAt, toAt)`, epoch ms. */
export interface ArrivalRange {
  fromAt: number;
  toAt: number;
}

/**
 * All that arrived of these learners, as sorted lines by learner; within `range` only, where it is given. `sessionIds`
 * names the sessions of which beats are wanted; without it, all of the learners'.
 */
export async function loadEvidenceLines(
  db: Db,
  personIds: readonly string[],
  range?: ArrivalRange,
  sessionIds?: readonly string[],
): Promise<Map<string, EvidenceLine[]>> {
  const found = new Map(personIds.map((id): [string, EvidenceLine[]] => [id, []]));
  if (personIds.length === 0) return found;
  const arrived = ({ at }: EvidenceLine) => !range || (range.fromAt <= at && at < range.toAt);
  const add = (personId: string, lines: EvidenceLine[]) => {
    found.get(personId)?.push(...lines.filter(arrived));
  };

  const sessions = await db
    .selectFrom('watch_session')
    .selectAll()
    .where('person_id', 'in', personIds)
    .$if(range !== undefined, (query) =>
      query.where((eb) =>
        eb.or([
          eb.and([eb('started_at', '>=', range!.fromAt), eb('started_at', '<', range!.toAt)]),
          ...inChunks(sessionIds ?? [], SESSIONS_AT_ONCE).map((ids) => eb('id', 'in', ids)),
        ]),
      ),
    )
    .execute();
  for (const row of sessions) add(row.person_id, [sessionLine(row)]);
  const personOf = new Map(sessions.map((row) => [row.id, row.person_id]));

  for (const ids of inChunks(sessionIds ?? [...personOf.keys()], SESSIONS_AT_ONCE)) {
    for (const [kind, table] of [
      ['beat', 'beat'],
      ['refused-beat', 'refused_beat'],
    ] as const) {
      for (const [sessionId, beats] of await listBeats(db, ids, table)) {
        const lines = beats.map((beat) => beatLine(kind, toRow(sessionId, beat)));
        add(personOf.get(sessionId) ?? '', lines);
      }
    }
  }

  const checks = await db
    .selectFrom('presence_check')
    .selectAll()
    .where('person_id', 'in', personIds)
    .execute();
  for (const row of checks) add(row.person_id, checkLines(row));
  const questions = await db
    .selectFrom('presence_question')
    .innerJoin('presence_check', 'presence_check.id', 'presence_question.check_id')
    .where('presence_check.person_id', 'in', personIds)
    .selectAll('presence_question')
    .select('presence_check.person_id')
    .execute();
  for (const row of questions) add(row.person_id, questionLines(row));

  const statuses = await db
    .selectFrom('enrollment_status')
    .innerJoin('enrollment', 'enrollment.id', 'enrollment_status.enrollment_id')
    .where('enrollment.person_id', 'in', personIds)
    .selectAll('enrollment_status')
    .select(['enrollment.person_id', 'enrollment.class_id'])
    .execute();
  for (const row of statuses) add(row.person_id, [enrollmentStatusLine(row)]);

  const corrections = await db
    .selectFrom('correction')
    .innerJoin('enrollment', 'enrollment.id', 'correction.enrollment_id')
    .where('enrollment.person_id', 'in', personIds)
    .selectAll('correction')
    .select('enrollment.person_id')
    .execute();
  for (const row of corrections) add(row.person_id, [correctionLine(row)]);

  for (const lines of found.values()) sortLines(lines);
  return found;
}

const toRow = (session_id: string, beat: Beat) => ({
  session_id,
  seq: beat.seq,
  wall_from_ms: beat.wallFromMs,
  wall_to_ms: beat.wallToMs,
  media_from_ms: beat.mediaFromMs,
  media_to_ms: beat.mediaToMs,
  visible: beat.visible ? (1 as const) : (0 as const),
  arrived_at: beat.arrivedAt,
});
