import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeClass, makeEnrollment, makePerson } from '~db/testing-cast';
import type { Viewer } from '../accounts/viewer.server';
import { searchClassCaptions } from '../classes/search-class-captions.server';
import { Forbidden, Invalid, NotFound } from '../shared/errors';
import { newId } from '../shared/new-id.server';
import { StaleSave } from '../courses/stale-save';
import { adoptCaptions } from './adopt-captions.server';
import { getCaptions, getServedCaptions } from './get-captions.server';
import { removeCaptions } from './remove-captions.server';
import { saveCaptions, saveCaptionsFile } from './save-captions.server';
import { openStudio, type Studio } from './testing-studio.server';

let studio: Studio;
let colleague: Viewer;
let outsider: Viewer;
beforeAll(async () => {
  studio = await openStudio();
  const roles = [{ organizationId: studio.college, role: 'instructor' as const }];
  colleague = await makePerson(studio.db, { name: '王静', roles });
  outsider = await makePerson(studio.db, { name: '路人' });
});
afterAll(() => studio.close());

async function film(durationMs = 60_000): Promise<string> {
  const id = newId();
  const at = studio.now();
  await studio.db
    .insertInto('media')
    .values({
      id,
      course_id: studio.courseId,
      organization_id: studio.college,
      uploaded_by: studio.author.personId,
      filename: '灌装.mp4',
      bytes: 1,
      state: 'ready',
      reason: null,
      duration_ms: durationMs,
      width: 640,
      height: 360,
      created_at: at,
      updated_at: at,
    })
    .execute();
  return id;
}

const said = (text: string, fromMs = 1000, toMs = fromMs + 1000) => ({ fromMs, toMs, text });
const save = (
  mediaId: string,
  cues: { fromMs: number; toMs: number; text: string }[],
  version = 0,
) =>
  saveCaptions(studio.db, studio.author, {
    mediaId,
    language: 'zh',
    version,
    now: studio.now(),
    cues,
  });

test('what is saved is what is served, by its times and cleaned', async () => {
  const mediaId = await film();
  await save(mediaId, [said('再挂牌', 3000), said('<font>先<b>断电', 500)]);
  const served = await getServedCaptions(studio.db, mediaId, 'zh');
  expect(served.cues).toEqual([said('先<b>断电</b>', 500), said('再挂牌', 3000)]);
  expect(served).toMatchObject({ version: 1, changedBy: '李海涛' });
});

test('who saves second is shown both sides, and nothing is overwritten', async () => {
  const mediaId = await film();
  await save(mediaId, [said('第一稿')]);
  await save(mediaId, [said('周师傅改的')], 1);
  const late = save(mediaId, [said('李老师改的')], 1);
  await expect(late).rejects.toThrow(StaleSave);
  const error = (await late.catch((e: unknown) => e)) as StaleSave<{ version: number }>;
  expect(error.current).toMatchObject({ version: 2, cues: [said('周师傅改的')] });
  await expect(save(mediaId, [said('以为还没有')])).rejects.toThrow(StaleSave);
  expect((await getCaptions(studio.db, mediaId, 'zh')).cues).toEqual([said('周师傅改的')]);
});

test('of two who save at once, one is told', async () => {
  const mediaId = await film();
  const answers = await Promise.allSettled([
    save(mediaId, [said('甲')]),
    save(mediaId, [said('乙')]),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('what cannot be a caption is refused where it stands, and changes nothing', async () => {
  const mediaId = await film();
  const fault = async (cue: { fromMs: number; toMs: number; text: string }) => {
    const error: unknown = await save(mediaId, [said('好'), cue]).catch((e: unknown) => e);
    return error instanceof Invalid ? error.errors[0] : error;
  };
  expect(await fault(said('', 1))).toEqual({
    pointer: '/cues/1/text',
    message: 'cue-without-text',
  });
  expect(await fault(said('倒', 9, 8))).toMatchObject({ message: 'cue-backwards' });
  expect(await fault(said('外', 62_000))).toMatchObject({ pointer: '/cues/1/fromMs' });
  expect(await fault(said('长', 59_000, 62_000))).toMatchObject({ message: 'cue-outside' });
  expect(await fault(said('长'.repeat(501)))).toMatchObject({ message: 'cue-too-long' });
  await expect(save(mediaId, [])).rejects.toThrow(Invalid);
  expect((await getCaptions(studio.db, mediaId, 'zh')).version).toBe(0);
});

test('only authors of the course save and remove', async () => {
  const mediaId = await film();
  await save(mediaId, [said('先断电')]);
  const captions = { mediaId, language: 'zh' as const, version: 1, now: studio.now() };
  for (const [viewer, refusal] of [
    [colleague, Forbidden],
    [outsider, NotFound],
  ] as const) {
    const cues = [said('别人的')];
    await expect(saveCaptions(studio.db, viewer, { ...captions, cues })).rejects.toThrow(refusal);
    await expect(removeCaptions(studio.db, viewer, captions)).rejects.toThrow(refusal);
  }
  await expect(
    removeCaptions(studio.db, studio.author, { ...captions, version: 9 }),
  ).rejects.toThrow(StaleSave);
  await removeCaptions(studio.db, studio.author, captions);
  await expect(getServedCaptions(studio.db, mediaId, 'zh')).rejects.toThrow(NotFound);
  expect(
    await studio.db.selectFrom('caption_cue').selectAll().where('media_id', '=', mediaId).execute(),
  ).toEqual([]);
});

test('what was open while captions were taken away and given anew is not saved over the new ones', async () => {
  const mediaId = await film();
  await save(mediaId, [said('第一稿')]);
  const gone = { mediaId, language: 'zh' as const, version: 1, now: studio.now() };
  await removeCaptions(studio.db, studio.author, gone);
  expect(await save(mediaId, [said('新的')])).toEqual({ version: 2 });
  await expect(save(mediaId, [said('还开着的旧稿')], 1)).rejects.toThrow(StaleSave);
  await expect(removeCaptions(studio.db, studio.author, gone)).rejects.toThrow(StaleSave);
  expect((await getCaptions(studio.db, mediaId, 'zh')).cues).toEqual([said('新的')]);
});

test('captions kept as a file are taken in once, and then edited like others', async () => {
  const mediaId = await film();
  await studio.store.write(
    `${mediaId}/captions.zh.vtt`,
    'WEBVTT\n\n00:01.000 --> 00:02.000\n先断电\n',
  );
  await studio.db
    .insertInto('caption')
    .values({ media_id: mediaId, language: 'zh', label: '中文' })
    .execute();
  await adoptCaptions(studio.db, studio.store, studio.now());
  expect((await getServedCaptions(studio.db, mediaId, 'zh')).cues).toEqual([said('先断电')]);
  await save(mediaId, [said('再挂牌')], 1);
  await adoptCaptions(studio.db, studio.store, studio.now());
  expect((await getServedCaptions(studio.db, mediaId, 'zh')).cues).toEqual([said('再挂牌')]);
});

test('a learner finds where it is said, in the classes they are in and nowhere else', async () => {
  const mediaId = await film();
  await studio.db
    .updateTable('course_version_lesson')
    .set({ media_id: mediaId })
    .where('lesson_id', '=', studio.lessonId)
    .execute();
  const manager = await makePerson(studio.db, { name: '刘主任' });
  const course = { organizationId: studio.college, createdBy: manager.personId };
  const classId = await makeClass(studio.db, {
    title: '一班',
    courses: [studio.course],
    ...course,
  });
  const learner = await makePerson(studio.db, { name: '张强' });
  const applicant = await makePerson(studio.db, { name: '孙立' });
  const enrollmentId = await makeEnrollment(studio.db, { classId, personId: learner.personId });
  const applied = await makeEnrollment(studio.db, {
    classId,
    personId: applicant.personId,
    status: 'applied',
  });
  const many = Array.from({ length: 25 }, (_, n) => said(`第 ${n} 次拧紧`, n * 1000));
  await save(mediaId, [...many, said('扭矩 100% 到位，M12_a', 30_000)]);
  const file = new TextEncoder().encode(
    '1\n00:00:31,000 --> 00:00:32,000\nTighten to <i>M12</i>\n',
  );
  await saveCaptionsFile(studio.db, studio.author, {
    mediaId,
    language: 'en',
    content: file,
    now: studio.now(),
  });
  const find = (words: string, page = 1, who = learner.personId, where = enrollmentId) =>
    searchClassCaptions(studio.db, { personId: who, enrollmentId: where, words, page });
  expect(await find('拧紧')).toMatchObject({ total: 25, pages: 2 });
  const second = await find('拧紧', 2);
  expect(second.hits.map((hit) => hit.fromMs)).toEqual([20, 21, 22, 23, 24].map((n) => n * 1000));
  expect((await find('100%')).hits).toEqual([
    {
      lessonId: studio.lessonId,
      lessonTitle: '认识灌装线',
      language: 'zh',
      fromMs: 30_000,
      toMs: 31_000,
      said: '扭矩 100% 到位，M12_a',
    },
  ]);
  expect((await find('ｍ12')).hits.map((hit) => hit.language)).toEqual(['zh', 'en']);
  for (const nothing of ['%', '_a%', '\\', '<i>', '']) {
    const { hits } = await find(nothing);
    expect(hits.length).toBeLessThanOrEqual(nothing === '%' ? 1 : 0);
  }
  await expect(find('拧紧', 1, applicant.personId, applied)).rejects.toThrow(NotFound);
  await expect(find('拧紧', 1, applicant.personId)).rejects.toThrow(NotFound);
});
