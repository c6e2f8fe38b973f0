import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePerson } from '~db/testing-cast';
import { Forbidden, Invalid, NotFound } from '../shared/errors';
import { choosePoster } from './choose-poster.server';
import { listCourseMedia } from './list-course-media.server';
import { openStudio, type Studio } from './testing-studio.server';
import { makeClip } from './testing-clips';

let studio: Studio;
let mediaId: string;
beforeAll(async () => {
  studio = await openStudio();
  mediaId = await studio.receive(makeClip('phone.mp4'));
  await studio.convert(mediaId);
});
afterAll(() => studio.close());

const stored = (name: string) => readFileSync(join(studio.store.root, 'objects', mediaId, name));
const choose = (actor: Studio['author'], poster: number, id = mediaId) => {
  const { db, store, courseId, now } = studio;
  return choosePoster(db, store, actor, { courseId, mediaId: id, poster, now: now() });
};

test('an author chooses a still, which becomes the poster, and the audit says so', async () => {
  await choose(studio.author, 3);
  expect(stored('poster.jpg')).toEqual(stored('poster-3.jpg'));
  expect(stored('poster-3.jpg')).not.toEqual(stored('poster-1.jpg'));
  const [media] = await listCourseMedia(studio.db, studio.courseId);
  expect(media).toMatchObject({ id: mediaId, poster: 3, posters: 4 });
  const written = await studio.db
    .selectFrom('audit_entry')
    .select(['actor_id', 'detail'])
    .where('action', '=', 'choose-poster')
    .execute();
  expect(written.map((row) => row.actor_id)).toEqual([studio.author.personId]);
  expect(JSON.parse(written[0]?.detail ?? '')).toMatchObject({ mediaId, poster: 3 });
});

test('others, other films and stills that are not there change nothing', async () => {
  const colleague = await makePerson(studio.db, {
    name: '王敏',
    roles: [{ organizationId: studio.college, role: 'instructor' }],
  });
  const stranger = await makePerson(studio.db, { name: '周建国', roles: [] });
  const before = stored('poster.jpg');
  await expect(choose(colleague, 1)).rejects.toThrow(Forbidden);
  await expect(choose(stranger, 1)).rejects.toThrow(NotFound);
  await expect(choose(studio.author, 1, 'nothing')).rejects.toThrow(NotFound);
  for (const none of [0, 5, Number.NaN]) {
    await expect(choose(studio.author, none)).rejects.toThrow(Invalid);
  }
  expect(stored('poster.jpg')).toEqual(before);
});
