import type { LoaderFunctionArgs } from '@remix-run/node';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeOrganization, makePerson } from '~db/testing-cast';
import type { Viewer } from '~/domain/accounts/viewer.server';
import { listCourseMedia } from '~/domain/media/list-course-media.server';
import { writeWebVtt } from '~/domain/media/captions';
import { getServedCaptions } from '~/domain/media/get-captions.server';
import { openStudio, type Studio } from '~/domain/media/testing-studio.server';
import { signedInCookie, testContext } from '~/web/testing-request.server';
import { action, loader as status } from './media.$id';
import { action as addCaptions } from './media.$id.captions';

const at = Date.parse('2026-11-10T01:00:00Z');
const SRT = '1\n00:00:01,000 --> 00:00:02,000\n先断电，再伸手。\n';

let studio: Studio;
let context: ReturnType<typeof testContext>;
let mediaId: string;
let colleague: Viewer;
let outsider: Viewer;

beforeAll(async () => {
  studio = await openStudio();
  context = { ...testContext(studio.client, at), mediaStore: studio.store };
  mediaId = await studio.receive(import.meta.filename);
  const elsewhere = await makeOrganization(studio.db, { name: '海岱动力集团' });
  const instructor = (name: string, organizationId: string) =>
    makePerson(studio.db, { name, roles: [{ organizationId, role: 'instructor' }] });
  colleague = await instructor('王敏', studio.college);
  outsider = await instructor('周建国', elsewhere);
});
afterAll(() => studio.close());

async function args(viewer: Viewer | undefined, init: RequestInit = {}, id = mediaId) {
  const headers = new Headers(init.headers);
  if (viewer) headers.set('cookie', await signedInCookie(context, viewer.personId));
  const request = new Request(`http://localhost/api/media/${id}`, { ...init, headers });
  return { request, context, params: { id } } satisfies LoaderFunctionArgs;
}

async function captionsForm(
  language: string,
  content: BlobPart,
  version?: string,
): Promise<RequestInit> {
  const form = new FormData();
  form.set('language', language);
  if (version) form.set('version', version);
  form.set('file', new Blob([content]), 'a.srt');
  const encoded = new Response(form);
  const body = await encoded.arrayBuffer();
  const headers = {
    'content-type': encoded.headers.get('content-type') ?? '',
    'content-length': String(body.byteLength),
  };
  return { method: 'POST', headers, body };
}

test('the author is told how far the upload has come; strangers are told nothing', async () => {
  const answer = await status(await args(studio.author));
  expect(await answer.json()).toEqual({
    id: mediaId,
    state: 'received',
    filename: 'media.test.ts',
    durationMs: 0,
    renditions: [],
    reason: null,
    percent: null,
    note: null,
    audio: null,
    previews: 0,
    posters: 0,
  });
  expect((await status(await args(undefined))).status).toBe(401);
  expect((await status(await args(outsider))).status).toBe(404);
  expect((await status(await args(studio.author, {}, 'nothing'))).status).toBe(404);
  const post = await args(studio.author, { method: 'POST' });
  expect((await action(post)).status).toBe(405);
});

test('an author adds captions from an SRT file: stored as WebVTT and listed', async () => {
  const answer = await addCaptions(await args(studio.author, await captionsForm('zh', SRT)));
  expect(answer.status).toBe(204);
  const { cues } = await getServedCaptions(studio.db, mediaId, 'zh');
  expect(writeWebVtt(cues)).toBe('WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n先断电，再伸手。\n');
  await addCaptions(await args(studio.author, await captionsForm('zh', SRT)));
  const [media] = await listCourseMedia(studio.db, studio.courseId);
  expect(media?.captions).toEqual([{ language: 'zh', label: '中文' }]);
  const stale = await captionsForm('zh', SRT, '1');
  expect((await addCaptions(await args(studio.author, stale))).status).toBe(409);
});

test('captions are refused from others, in other forms, too large or unreadable', async () => {
  const post = async (viewer: Viewer | undefined, init: RequestInit) =>
    (await addCaptions(await args(viewer, init))).status;
  expect(await post(undefined, await captionsForm('en', SRT))).toBe(401);
  expect(await post(outsider, await captionsForm('en', SRT))).toBe(404);
  expect(await post(colleague, await captionsForm('en', SRT))).toBe(403);
  expect(await post(studio.author, await captionsForm('../zh', SRT))).toBe(422);
  expect(await post(studio.author, await captionsForm('en', '没有字幕'))).toBe(422);
  expect(await post(studio.author, await captionsForm('en', 'x'.repeat(1_100_000)))).toBe(413);
  const json = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } };
  expect(await post(studio.author, json)).toBe(415);
  const [media] = await listCourseMedia(studio.db, studio.courseId);
  expect(media?.captions).toHaveLength(1);
});

test('an author takes away what no lesson shows, with its file, its job and its name in the list', async () => {
  const { db, store, lessonId } = studio;
  const id = await studio.receive(import.meta.filename);
  const remove = async (viewer: Viewer | undefined) =>
    (await action(await args(viewer, { method: 'DELETE' }, id))).status;
  expect(await remove(undefined)).toBe(401);
  expect(await remove(outsider)).toBe(404);
  expect(await remove(colleague)).toBe(403);
  const show = (media_id: string | null) =>
    db.updateTable('lesson').set({ media_id }).where('id', '=', lessonId).execute();
  await show(id);
  expect(await remove(studio.author)).toBe(409);
  await show(null);
  expect(await remove(studio.author)).toBe(204);
  expect(await remove(studio.author)).toBe(404);
  expect((await status(await args(studio.author, {}, id))).status).toBe(404);
  expect(existsSync(join(store.uploads, id))).toBe(false);
  expect((await listCourseMedia(db, studio.courseId)).map((one) => one.id)).not.toContain(id);
  const jobs = await db.selectFrom('job').selectAll().where('payload', 'like', `%${id}%`).execute();
  expect(jobs.map((job) => job.finished_at !== null)).toEqual([true]);
  const written = await db
    .selectFrom('audit_entry')
    .select(['actor_id', 'subject_id'])
    .where('action', '=', 'remove-media')
    .execute();
  expect(written).toEqual([{ actor_id: studio.author.personId, subject_id: studio.courseId }]);
});
