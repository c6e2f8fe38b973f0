import { addToRollUps } from '~/domain/class-hours/add-to-roll-ups.server';
import { boundsOfDay, dayAt } from '~/domain/class-hours/platform-day';
import type { LessonDay } from '~/domain/class-hours/lesson-totals.server';
import { lockLearners } from '~/domain/class-hours/lock-learners.server';
import { refoldLearner } from '~/domain/class-hours/refold-learner.server';
import type { Beat } from '~/domain/class-hours/rule-set';
import { newBeats } from '~/domain/class-hours/stored-beats.server';
import { newId } from '~/domain/shared/new-id.server';
import type { Trx } from '../client.server';
import { writeRows } from '../row-statement';
import { castClasses } from './cast';
import type { SeededClass } from './seed-classes.server';
import type { SeededCourse } from './seed-courses.server';
import type { SeededPeople } from './seed-people.server';

const DAY_MS = 86_400_000;
const BEAT_MS = 12_000;
const EVENING_MS = 19 * 3_600_000;
/** worker31 and later have studied before the demo world begins. */
const FIRST_WITH_HISTORY = 31;

interface Evening {
  startedAt: number;
  video: SeededCourse['videos'][number];
  watchedMs: number;
}

/** Past study of worker31–40, as evidence: sessions and beats, from which the totals are then folded. */
export async function seedHistory(
  trx: Trx,
  people: SeededPeople,
  courses: Record<string, SeededCourse>,
  classes: SeededClass[],
  zone: string,
  now: number,
): Promise<void> {
  const changes: LessonDay[] = [];
  for (const { cast, enrollments } of classes) {
    const videos = cast.courses.flatMap((key) => courses[key]?.videos ?? []);
    for (const [number, enrollmentId] of enrollments) {
      if (number < FIRST_WITH_HISTORY) continue;
      const personId = people.people[`worker${number}`] ?? '';
      const evenings = planEvenings(number, videos, cast, zone, now);
      await insertEvenings(trx, personId, enrollmentId, evenings);
      await refoldLearner(trx, personId, '', zone, changes);
    }
  }
  await addToRollUps(trx, changes);
}

/** One lesson an evening, every other day, the last one left in the middle; how far depends on the person. */
function planEvenings(
  number: number,
  videos: SeededCourse['videos'],
  cast: (typeof castClasses)[number],
  zone: string,
  now: number,
): Evening[] {
  const lessons = videos.slice(0, 1 + (number % videos.length));
  return lessons.map((video, index) => {
    const daysAgo = Math.max(1, -cast.from - 1 - 2 * index - (number % 3));
    const { day } = dayAt(now - daysAgo * DAY_MS, zone);
    const last = index === lessons.length - 1;
    const share = last ? 0.35 + (number % 5) * 0.1 : 1;
    return {
      startedAt:
        boundsOfDay(day, zone).fromAt +
        EVENING_MS +
        ((number * 37) % 90) * 60_000 +
        index * 3_600_000,
      video,
      watchedMs: Math.floor((video.durationMs * share) / 1000) * 1000,
    };
  });
}

async function insertEvenings(
  trx: Trx,
  personId: string,
  enrollmentId: string,
  evenings: Evening[],
): Promise<void> {
  const ordered = [...evenings].sort((a, b) => a.startedAt - b.startedAt);
  for (const [index, evening] of ordered.entries()) {
    const sessionId = newId();
    const beats = playThrough(evening);
    await trx
      .insertInto('watch_session')
      .values({
        id: sessionId,
        person_id: personId,
        enrollment_id: enrollmentId,
        lesson_id: evening.video.lessonId,
        media_id: evening.video.mediaId,
        duration_ms: evening.video.durationMs,
        number: index + 1,
        started_at: evening.startedAt,
        ended_at: ordered[index + 1]?.startedAt ?? null,
      })
      .execute();
    await writeRows(trx, [newBeats(beats.map((beat) => ({ sessionId, beat })))]);
  }
  const last = ordered.at(-1);
  if (!last) return;
  const lastAt = last.startedAt + last.watchedMs + BEAT_MS;
  await lockLearners(trx, [personId], lastAt);
  await trx
    .updateTable('learner_stream')
    .set({ last_number: ordered.length, last_at: lastAt })
    .where('person_id', '=', personId)
    .execute();
}

function playThrough({ startedAt, watchedMs }: Evening): Beat[] {
  const beats: Beat[] = [];
  for (let from = 0; from < watchedMs; from += BEAT_MS) {
    const to = Math.min(from + BEAT_MS, watchedMs);
    beats.push({
      seq: beats.length + 1,
      wallFromMs: from,
      wallToMs: to,
      mediaFromMs: from,
      mediaToMs: to,
      visible: true,
      // As a line does: never equally long.
      arrivedAt: startedAt + to + 120 + ((beats.length * 37) % 83),
    });
  }
  return beats;
}
