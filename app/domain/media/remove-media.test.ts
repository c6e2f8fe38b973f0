import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testEngine } from '~db/testing.server';
import { attachMedia } from '../courses/attach-media.server';
import { makeMedia } from '../courses/testing-courses';
import { Conflict } from '../shared/errors';
import { removeMedia } from './remove-media.server';
import { openStudio, type Studio } from './testing-studio.server';

const ROUNDS = 12;

let studio: Studio;
beforeAll(async () => {
  studio = await openStudio();
});
afterAll(() => studio.close());

const newVideo = () =>
  makeMedia(studio.db, {
    courseId: studio.courseId,
    organizationId: studio.college,
    personId: studio.author.personId,
    durationMs: 60_000,
  });

const remove = (mediaId: string) =>
  removeMedia(studio.db, studio.store, studio.author, { mediaId, now: studio.now() });

const shown = () =>
  studio.db
    .selectFrom('lesson')
    .innerJoin('media', 'media.id', 'lesson.media_id')
    .select(['media.id', 'media.removed_at', 'lesson.version'])
    .where('lesson.id', '=', studio.lessonId)
    .executeTakeFirst();

/** Resolves once somebody waits for a row that another transaction has written. */
async function somebodyWaits(): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ waiting: string }>`
      select count(*) as waiting from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`.execute(studio.db);
    if (Number(rows[0]?.waiting) > 0) return;
  }
}

test('a video that is just being shown in a lesson cannot be taken away', async () => {
  const mediaId = await newVideo();
  const { lessonId, author } = studio;
  let removing: Promise<unknown> = Promise.resolve();
  await studio.db.transaction().execute(async (trx) => {
    await attachMedia(trx, author, { lessonId, mediaId, replaces: null, now: studio.now() });
    removing = remove(mediaId).catch((error: unknown) => error);
    // SQLite has one connection: there the removal begins when this ends.
    if (testEngine === 'postgres') await Promise.race([removing, somebodyWaits()]);
  });
  expect(await removing).toBeInstanceOf(Conflict);
  expect(await shown()).toMatchObject({ id: mediaId, removed_at: null });
});

test('whoever comes first, no lesson shows a video that is gone', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    const mediaId = await newVideo();
    const { lessonId, author } = studio;
    const before = await shown();
    const input = { lessonId, mediaId, version: before?.version ?? 1, now: studio.now() };
    const both = await Promise.allSettled(
      round % 2 === 0
        ? [attachMedia(studio.db, author, input), remove(mediaId)]
        : [remove(mediaId), attachMedia(studio.db, author, input)],
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await shown())?.removed_at).toBeNull();
  }
});
