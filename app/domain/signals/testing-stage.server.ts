import type { DatabaseClient } from '~db/client.server';
import { writeRows } from '~db/row-statement';
import { makeStudyWorld, type StudyWorld } from '~db/testing-study';
import { openTestDatabase } from '~db/testing.server';
import { DEFAULT_ZONE } from '../class-hours/platform-day';
import type { Beat } from '../class-hours/rule-set';
import { newBeats } from '../class-hours/stored-beats.server';
import { newId } from '../shared/new-id.server';
import { listClassSignals, type ListedSignal } from './list-class-signals.server';
import { refreshSignals } from './refresh-signals.server';
import type { SignalKind } from './signal';

const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
/** 2026-11-20 00:00 in Shanghai. */
export const MIDNIGHT = Date.parse('2026-11-19T16:00:00Z');
export const NOON = MIDNIGHT + 12 * HOUR;
export const DAY = '2026-11-20';
export const at = { zone: DEFAULT_ZONE, now: MIDNIGHT + 48 * HOUR };
export const open = { kind: '', show: 'open', page: 1 } as const;
export const everything = { ...open, show: 'all' } as const;

export interface Learner {
  personId: string;
  enrollmentId: string;
}

export interface Told {
  fromAt: number;
  minutes: number;
  deviceHash?: string;
  servingKnown?: boolean;
  endedAt?: number;
  /** Beats and arrivals all alike. */
  even?: boolean;
  lessonId?: string;
}

/** A learner's session with its beats, as they would be stored. Answers its id. */
async function study(stage: Stage, learner: Learner, told: Told): Promise<string> {
  const { db } = stage.client;
  const id = newId();
  const stream = await db
    .selectFrom('learner_stream')
    .select('last_number')
    .where('person_id', '=', learner.personId)
    .executeTakeFirst();
  const number = (stream?.last_number ?? 0) + 1;
  const lastAt = told.fromAt + told.minutes * MINUTE;
  const moved = { last_number: number, last_at: lastAt };
  await db
    .insertInto('learner_stream')
    .values({
      person_id: learner.personId,
      ...moved,
      folded_to_at: 0,
      presence_spent_ms: 0,
      presence_base_ms: 0,
      presence_draw: 0,
      open_check_at: null,
      last_check_passed_at: null,
    })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(moved))
    .execute();
  await db
    .insertInto('watch_session')
    .values({
      id,
      person_id: learner.personId,
      enrollment_id: learner.enrollmentId,
      lesson_id: told.lessonId ?? stage.lessonId,
      media_id: stage.mediaId,
      duration_ms: 4 * HOUR,
      number,
      started_at: told.fromAt,
      ended_at: told.endedAt ?? null,
      device_hash: told.deviceHash ?? null,
      serving_known: told.servingKnown ? 1 : 0,
    })
    .execute();
  const beats: Beat[] = [];
  for (let seq = 1; seq * 12 * SECOND <= told.minutes * MINUTE; seq += 1) {
    const wander = (of: number) => (told.even ? 0 : (of * 37) % 90);
    const wallToMs = seq * 12 * SECOND;
    const arrivedAt = told.fromAt + wallToMs + 80 + wander(seq);
    const wallFromMs = wallToMs - 12 * SECOND;
    const mediaFromMs = wallFromMs + wander(seq - 1);
    const mediaToMs = wallToMs + wander(seq);
    beats.push({ seq, wallFromMs, wallToMs, mediaFromMs, mediaToMs, visible: true, arrivedAt });
  }
  await db
    .transaction()
    .execute((trx) => writeRows(trx, [newBeats(beats.map((beat) => ({ sessionId: id, beat })))]));
  return id;
}

/** The kinds raised for a learner once everything is looked through. */
/** A class of learners, each for one story, and what is raised for them. */
export interface Stage {
  client: DatabaseClient;
  world: StudyWorld;
  lessonId: string;
  mediaId: string;
  newLearner(): Learner;
  /** A learner's session with its beats, as they would be stored. Answers its id. */
  study(learner: Learner, told: Told): Promise<string>;
  /** The kinds raised for a learner once everything is looked through. */
  raised(learner: Learner): Promise<SignalKind[]>;
  signalsOf(learner: Learner, filter?: typeof open | typeof everything): Promise<ListedSignal[]>;
}

export async function openStage(): Promise<Stage> {
  const client = await openTestDatabase();
  const world = await makeStudyWorld(client.db, at.now, { learners: 30 });
  const lessonId = world.course.lessons[0]!.id;
  const media = await client.db
    .selectFrom('lesson')
    .select('media_id')
    .where('id', '=', lessonId)
    .executeTakeFirstOrThrow();
  let next = 0;
  const stage: Stage = {
    client,
    world,
    lessonId,
    mediaId: media.media_id ?? '',
    newLearner() {
      const { viewer, enrollmentId } = world.learners[next++]!;
      return { personId: viewer.personId, enrollmentId };
    },
    study: (learner, told) => study(stage, learner, told),
    async raised(learner) {
      await refreshSignals(client.db, { limit: 100 }, at);
      return (await stage.signalsOf(learner)).map(({ evidence }) => evidence.kind);
    },
    async signalsOf(learner, filter = open) {
      const wanted = { classId: world.classId, filter, limit: 500, offset: 0 };
      const all = await listClassSignals(client.db, world.manager, wanted);
      return all.filter((one) => one.enrollmentId === learner.enrollmentId);
    },
  };
  return stage;
}
