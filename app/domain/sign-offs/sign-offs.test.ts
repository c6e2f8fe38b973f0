import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { openTestDatabase } from '~db/testing.server';
import { makePerson, STORY_BEGINS as now } from '~db/testing-cast';
import type { Actor } from '../co-authoring/course-reach.server';
import { endPartnership } from '../co-authoring/end-partnership.server';
import { beginThread } from '../comments/begin-thread.server';
import { decideSuggestion } from '../comments/decide-suggestion.server';
import { anchorAt, plain, runsOf } from '../comments/testing-ranges';
import { TextChanged } from '../comments/text-changed';
import { addChapter } from '../courses/add-chapter.server';
import { addLesson } from '../courses/add-lesson.server';
import { attachMedia } from '../courses/attach-media.server';
import { getCourseDraft } from '../courses/course-draft.server';
import { getLessonDraft } from '../courses/lesson-draft.server';
import { listVersionLessons } from '../courses/course-outline.server';
import { listCourseVersions } from '../courses/published-courses.server';
import {
  addOpenChapter,
  makeCourseCast,
  makeDraftCourse,
  makeMedia,
  publishSigned,
  signAll,
  type CourseCast,
} from '../courses/testing-courses';
import { openLessonText } from '../lesson-texts/open-lesson-text.server';
import { replaceLessonText } from '../lesson-texts/replace-lesson-text.server';
import { TEXT_FIELD } from '../lesson-texts/text-schema';
import { Conflict, Forbidden, NotFound } from '../shared/errors';
import { getPublicationStanding } from './get-publication-standing.server';
import { nameReviewer } from './name-reviewer.server';
import {
  contentHash,
  contentOf,
  partsOf,
  type PublicationContent,
} from './publication-content.server';
import { publishAlone } from './publish-alone.server';
import { publishRequest } from './publish-request.server';
import { releaseReviewer } from './release-reviewer.server';
import { requestPublication } from './request-publication.server';
import { requireBureauReview } from './require-bureau-review.server';
import { signOff } from './sign-off.server';
import { withdrawRequest } from './withdraw-request.server';
import { withdrawSignOff } from './withdraw-sign-off.server';

let client: DatabaseClient;
let cast: CourseCast;
beforeAll(async () => {
  client = await openTestDatabase();
  cast = await makeCourseCast(client.db);
});
afterAll(() => client.close());

/** A course of two organizations with an article of each. */
async function makeShared() {
  const { db } = client;
  const courseId = await makeDraftCourse(db, cast);
  const { chapterId } = await addOpenChapter(db, cast.wang, { courseId, title: '安全', now });
  const write = async (by: Actor, title: string) => {
    const lesson = { chapterId, title, kind: 'article' as const };
    const { lessonId } = await addLesson(db, by, { courseId, lesson, now });
    await edit(by, lessonId, '<p>初稿</p>');
    return lessonId;
  };
  return {
    courseId,
    chapterId,
    college: await write(cast.wang, '量具'),
    enterprise: await write(cast.zhou, '吊装'),
  };
}

const edit = (by: Actor, lessonId: string, html: string) =>
  replaceLessonText(client.db, by, { lessonId, html, now });

const request = (by: Actor, courseId: string) =>
  requestPublication(client.db, by, { courseId, note: '按教学计划发布', now });

async function partOf(actor: Actor, courseId: string, organizationId: string) {
  const { request: open } = await getPublicationStanding(client.db, actor, courseId);
  return open!.parts.find((part) => part.organization.id === organizationId)!;
}

describe('sign-off', () => {
  test('each producing organization signs its own part, and without all there is no version', async () => {
    const { db } = client;
    const { courseId } = await makeShared();
    const { requestId } = await request(cast.wang, courseId);
    const publish = () => publishRequest(db, cast.zhou, { courseId, requestId, now });
    await expect(publish()).rejects.toMatchObject({
      type: 'not-signed',
      organizationIds: [cast.college, cast.enterprise],
    });
    await signAll(db, cast.wang, courseId, now);
    await expect(publish()).rejects.toMatchObject({ organizationIds: [cast.enterprise] });
    const foreign = await partOf(cast.wang, courseId, cast.enterprise);
    const sign = { courseId, requestId, organizationId: cast.enterprise, hash: foreign.hash, now };
    await expect(signOff(db, cast.wang, sign)).rejects.toBeInstanceOf(Forbidden);
    await expect(signOff(db, cast.outsider, sign)).rejects.toBeInstanceOf(NotFound);
    await expect(signOff(db, cast.collegeLearner, sign)).rejects.toBeInstanceOf(Forbidden);
    await signOff(db, cast.enterpriseManager, sign);
    await signOff(db, cast.enterpriseManager, sign);
    expect((await publish()).number).toBe(1);
    const rows = await db
      .selectFrom('sign_off')
      .select('organization_id')
      .where('course_id', '=', courseId)
      .execute();
    expect(rows).toHaveLength(2);
    await expect(publish()).rejects.toMatchObject({ type: 'request-closed' });
  });

  test('a late change voids the signature of what it touches, and no other', async () => {
    const { db } = client;
    const { courseId, enterprise } = await makeShared();
    await request(cast.wang, courseId);
    await signAll(db, cast.wang, courseId, now);
    await signAll(db, cast.zhou, courseId, now);
    await edit(cast.zhou, enterprise, '<p>改过</p>');
    // Frozen: what was signed can be published as it was.
    const { request: open } = await getPublicationStanding(db, cast.wang, courseId);
    expect(open?.parts.every((part) => part.signed)).toBe(true);
    expect(open?.draftChanges).toEqual([{ kind: 'text-changed', title: '吊装' }]);
    await request(cast.zhou, courseId);
    expect((await partOf(cast.wang, courseId, cast.college)).signed?.name).toBe('王敏');
    const part = await partOf(cast.wang, courseId, cast.enterprise);
    expect(part.signed).toBeUndefined();
    expect(part.voided).toMatchObject({
      name: '周建国',
      changes: [{ kind: 'text-changed', title: '吊装' }],
    });
    await signAll(db, cast.zhou, courseId, now);
    expect((await partOf(cast.wang, courseId, cast.enterprise)).signed).toBeDefined();
  });

  test('what is published is the frozen candidate, not what the draft became', async () => {
    const { db } = client;
    const { courseId, college } = await makeShared();
    const { requestId } = await request(cast.wang, courseId);
    await signAll(db, cast.wang, courseId, now);
    await signAll(db, cast.zhou, courseId, now);
    await edit(cast.wang, college, '<p>太晚</p>');
    const { courseVersionId } = await publishRequest(db, cast.wang, { courseId, requestId, now });
    const texts = (await listVersionLessons(db, courseVersionId)).map((one) => one.articleHtml);
    expect(texts).toEqual(['<p>初稿</p>', '<p>初稿</p>']);
    const next = await publishSigned(db, cast.wang, [], { courseId, now: now + 1 });
    expect(next.number).toBe(2);
    const [newest] = await db
      .selectFrom('course_version')
      .select('change_log')
      .where('id', '=', next.courseVersionId)
      .execute();
    expect(JSON.parse(newest?.change_log ?? '')).toEqual([{ kind: 'text-changed', title: '量具' }]);
  });

  test('a part that was not seen as it is, is not signed; a signature can be taken back', async () => {
    const { db } = client;
    const { courseId, enterprise } = await makeShared();
    const first = await request(cast.wang, courseId);
    const seen = await partOf(cast.zhou, courseId, cast.enterprise);
    await edit(cast.zhou, enterprise, '<p>另写</p>');
    const second = await request(cast.wang, courseId);
    const sign = (requestId: string) =>
      signOff(db, cast.zhou, {
        ...{ courseId, requestId, now },
        ...{ organizationId: cast.enterprise, hash: seen.hash },
      });
    await expect(sign(first.requestId)).rejects.toMatchObject({ type: 'request-closed' });
    await expect(sign(second.requestId)).rejects.toMatchObject({ type: 'part-changed' });
    await signAll(db, cast.zhou, courseId, now);
    const mine = {
      ...{ courseId, requestId: second.requestId },
      ...{ organizationId: cast.enterprise, now },
    };
    await withdrawSignOff(db, cast.zhou, mine);
    expect((await partOf(cast.zhou, courseId, cast.enterprise)).signed).toBeUndefined();
    await expect(withdrawSignOff(db, cast.zhou, mine)).rejects.toMatchObject({
      type: 'not-signed',
    });
    await withdrawRequest(db, cast.wang, { courseId, requestId: second.requestId, now });
    expect((await getPublicationStanding(db, cast.wang, courseId)).request).toBeUndefined();
  });

  test('a video that was taken away since stops the publication', async () => {
    const { db } = client;
    const { courseId, chapterId } = await makeShared();
    const lesson = { chapterId, title: '曲轴', kind: 'video' as const };
    const { lessonId } = await addLesson(db, cast.wang, { courseId, lesson, now });
    const mediaId = await makeMedia(db, {
      ...{ courseId, organizationId: cast.college },
      personId: cast.wang.personId,
    });
    await attachMedia(db, cast.wang, { lessonId, mediaId, replaces: null, now });
    const { requestId } = await request(cast.wang, courseId);
    await signAll(db, cast.wang, courseId, now);
    await signAll(db, cast.zhou, courseId, now);
    const gone = { state: 'refused' as const, reason: 'removed', removed_at: now };
    await db.updateTable('media').set(gone).where('id', '=', mediaId).execute();
    await expect(publishRequest(db, cast.wang, { courseId, requestId, now })).rejects.toMatchObject(
      { type: 'video-gone' },
    );
    expect(await listCourseVersions(db, courseId)).toEqual([]);
  });

  test('a named reviewer signs in place of authors and managers', async () => {
    const { db } = client;
    const { courseId } = await makeShared();
    const { personId } = cast.otherInstructor;
    const naming = { courseId, organizationId: cast.college, personId, now };
    await expect(nameReviewer(db, cast.enterpriseManager, naming)).rejects.toBeInstanceOf(
      Forbidden,
    );
    await expect(getPublicationStanding(db, cast.otherInstructor, courseId)).rejects.toBeInstanceOf(
      Forbidden,
    );
    await nameReviewer(db, cast.collegeManager, naming);
    await expect(nameReviewer(db, cast.collegeManager, naming)).rejects.toBeInstanceOf(Conflict);
    await request(cast.wang, courseId);
    expect((await partOf(cast.wang, courseId, cast.college)).maySign).toBe(false);
    expect((await partOf(cast.collegeManager, courseId, cast.college)).maySign).toBe(false);
    expect((await partOf(cast.otherInstructor, courseId, cast.college)).maySign).toBe(true);
    expect((await partOf(cast.otherInstructor, courseId, cast.enterprise)).maySign).toBe(false);
    await signAll(db, cast.otherInstructor, courseId, now);
    await releaseReviewer(db, cast.collegeManager, naming);
    const part = await partOf(cast.wang, courseId, cast.college);
    expect(part).toMatchObject({ maySign: true, signed: { name: '吕文博' } });
  });

  test('the bureau can require its own signature', async () => {
    const { db } = client;
    const { courseId } = await makeShared();
    const bureau = await db
      .insertInto('organization')
      .values({
        ...{ id: `bureau-${courseId}`, kind: 'bureau', name: '人社局', mark: '局' },
        ...{ short_code: courseId.slice(-10), created_at: 0 },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const ask = { courseId, required: true, now };
    await expect(requireBureauReview(db, cast.collegeManager, ask)).rejects.toBeInstanceOf(
      Forbidden,
    );
    await requireBureauReview(db, cast.administrator, ask);
    const { requestId } = await request(cast.wang, courseId);
    await signAll(db, cast.wang, courseId, now);
    await signAll(db, cast.zhou, courseId, now);
    const publish = () => publishRequest(db, cast.wang, { courseId, requestId, now });
    await expect(publish()).rejects.toMatchObject({ organizationIds: [bureau.id] });
    await signAll(db, cast.administrator, courseId, now);
    expect((await publish()).number).toBe(1);
    await db.updateTable('course').set({ bureau_review_since: null }).execute();
  });

  test('an author of the only organization publishes in one go; with partners it waits for them', async () => {
    const { db } = client;
    const alone = await makeDraftCourse(db, cast, false);
    const { chapterId } = await addChapter(db, cast.wang, { courseId: alone, title: '一', now });
    const lesson = { chapterId, title: '量具', kind: 'article' as const };
    const { lessonId } = await addLesson(db, cast.wang, { courseId: alone, lesson, now });
    await edit(cast.wang, lessonId, '<p>正文</p>');
    expect((await getPublicationStanding(db, cast.wang, alone)).alone).toBe(true);
    const { number } = await publishAlone(db, cast.wang, { courseId: alone, note: '首版', now });
    expect(number).toBe(1);
    const { courseId } = await makeShared();
    expect((await getPublicationStanding(db, cast.wang, courseId)).alone).toBe(false);
    await expect(
      publishAlone(db, cast.wang, { courseId, note: '按教学计划发布', now }),
    ).rejects.toMatchObject({
      organizationIds: [cast.enterprise],
    });
    expect((await partOf(cast.zhou, courseId, cast.enterprise)).signed).toBeUndefined();
  });

  test('a reviewer who left signs no more, and the side’s authors and managers do again', async () => {
    const { db } = client;
    const { courseId } = await makeShared();
    const roles = [{ organizationId: cast.enterprise, role: 'instructor' as const }];
    const reviewer = await makePerson(db, { name: '康', roles });
    await nameReviewer(db, cast.enterpriseManager, {
      ...{ courseId, organizationId: cast.enterprise },
      ...{ personId: reviewer.personId, now },
    });
    await request(cast.wang, courseId);
    expect((await partOf(cast.zhou, courseId, cast.enterprise)).maySign).toBe(false);
    await db
      .updateTable('membership')
      .set({ ended_at: now })
      .where('person_id', '=', reviewer.personId)
      .execute();
    expect((await partOf(cast.zhou, courseId, cast.enterprise)).maySign).toBe(true);
    await expect(
      getPublicationStanding(db, { ...reviewer, memberships: [] }, courseId),
    ).rejects.toBeInstanceOf(NotFound);
  });
});

/** Suggests other words for all that the lesson reads now; answers the thread. */
async function suggest(by: Actor, lessonId: string, replacement: string): Promise<string> {
  const { doc } = await openLessonText(client.db, lessonId, now);
  const anchor = anchorAt(doc, plain(runsOf(doc.getXmlFragment(TEXT_FIELD))[0]!));
  const thread = { anchor, body: '', mentions: [], replacement };
  return (await beginThread(client.db, by, { lessonId, thread, now })).threadId;
}

type Step = {
  by: 0 | 1;
  what: 'edit' | 'suggest' | 'accept' | 'request' | 'sign' | 'withdraw' | 'publish' | 'leave';
};

test('whatever is edited, suggested, accepted, signed, published and left in whatever order, each version is exactly what all had signed', async () => {
  const { db } = client;
  const steps = fc.array(
    fc.record<Step>({
      by: fc.constantFrom(0, 1),
      what: fc.constantFrom(
        ...(['edit', 'suggest', 'suggest', 'accept', 'accept', 'request', 'request'] as const),
        ...(['sign', 'sign', 'sign'] as const),
        ...(['withdraw', 'publish', 'publish', 'publish', 'leave'] as const),
      ),
    }),
    { minLength: 4, maxLength: 24 },
  );
  const property = async (history: Step[]) => {
    const course = await makeShared();
    const { courseId } = course;
    const authors = [cast.wang, cast.zhou] as const;
    const sides = [cast.college, cast.enterprise] as const;
    const lessons = [course.college, course.enterprise] as const;
    // What each side has signed, by our own count: the hash of its part.
    const signed = new Map<string, Set<string>>(sides.map((side) => [side, new Set<string>()]));
    let frozen: PublicationContent | undefined;
    // Suggestions that wait, by whose lesson they are about, with the words that each would put there.
    const suggested: { threadId: string; words: string }[][] = [[], []];
    let turn = 0;
    let left = false;
    for (const { by, what } of history) {
      turn += 1;
      if (what === 'leave' && !left) {
        const organizationId = cast.enterprise;
        await endPartnership(db, cast.enterpriseManager, { courseId, organizationId, now });
        left = true;
      }
      // Once the partner has left, the lead edits what it made, and signs and takes back for it.
      if (left && by === 1) {
        await expect(request(cast.zhou, courseId)).rejects.toBeInstanceOf(NotFound);
        await expect(edit(cast.zhou, lessons[1], '<p>x</p>')).rejects.toBeInstanceOf(NotFound);
      }
      const author = left ? cast.wang : authors[by];
      const open = (await getPublicationStanding(db, author, courseId)).request;
      if (what === 'edit') await edit(author, lessons[by], `<p>${turn}</p>`);
      if (what === 'suggest' && !left) {
        const words = `建议${turn}`;
        const threadId = await suggest(authors[1 - by]!, lessons[by], words);
        suggested[by]!.push({ threadId, words });
      }
      const waiting = what === 'accept' && suggested[by]!.shift();
      if (waiting) {
        const { threadId, words } = waiting;
        const accept = { threadId, outcome: 'accepted' as const, now };
        const done = await decideSuggestion(db, author, accept).catch((error: unknown) => error);
        const { articleHtml } = await getLessonDraft(db, courseId, lessons[by]);
        if (done instanceof Error) expect(done).toBeInstanceOf(TextChanged);
        // What was written beside the words that were suggested about stays beside them.
        else expect(articleHtml).toContain(words);
      }
      if (what === 'request') {
        const content = contentOf(await getCourseDraft(db, courseId));
        const done = await request(author, courseId).catch((error: unknown) => error);
        if (!(done instanceof Error)) frozen = content;
      }
      if (what === 'sign' && open) {
        await signAll(db, author, courseId, now + turn);
        for (const part of partsOf(frozen!)) {
          if (left || part.organizationId === sides[by]) {
            signed.get(part.organizationId)!.add(part.hash);
          }
        }
      }
      if (what === 'withdraw' && open) {
        const mine = { courseId, requestId: open.id, organizationId: sides[by], now };
        const done = await withdrawSignOff(db, author, mine).catch((error: unknown) => error);
        const part = partsOf(frozen!).find((one) => one.organizationId === sides[by]);
        if (!(done instanceof Error)) signed.get(sides[by])!.delete(part!.hash);
      }
      if (what === 'publish' && open) {
        const complete = partsOf(frozen!).every((part) =>
          signed.get(part.organizationId)!.has(part.hash),
        );
        const ask = { courseId, requestId: open.id, now: now + turn };
        const done = await publishRequest(db, author, ask).catch((error: unknown) => error);
        expect(done instanceof Error, `turn ${turn}`).toBe(!complete);
        if (done instanceof Error) continue;
        const { courseVersionId } = done as { courseVersionId: string };
        expect(await contentOfVersion(courseVersionId, frozen!)).toBe(contentHash(frozen!));
        frozen = undefined;
      }
    }
    const versions = await listCourseVersions(db, courseId);
    expect(versions.map((one) => one.number)).toEqual(
      versions.map((_one, at) => versions.length - at),
    );
  };
  await fc.assert(fc.asyncProperty(steps, property), { numRuns: 25 });
});

/** The hash of what a version holds, read back from the database. */
async function contentOfVersion(courseVersionId: string, like: PublicationContent) {
  const { db } = client;
  const lessons = await listVersionLessons(db, courseVersionId);
  const { title, occupation, level, summary, cover } = await db
    .selectFrom('course_version')
    .selectAll()
    .where('id', '=', courseVersionId)
    .executeTakeFirstOrThrow();
  const chapters = await db
    .selectFrom('course_version_chapter')
    .selectAll()
    .where('course_version_id', '=', courseVersionId)
    .orderBy('position')
    .execute();
  return contentHash({
    leadOrganizationId: like.leadOrganizationId,
    settings: { title, occupation, level, summary, cover } as PublicationContent['settings'],
    chapters: chapters.map((chapter) => ({
      id: chapter.chapter_id,
      title: chapter.title,
      lessons: lessons.filter((lesson) => lesson.chapterId === chapter.chapter_id),
    })),
  });
}
