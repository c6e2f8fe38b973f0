import type { Viewer } from '~/domain/accounts/viewer.server';
import { newId } from '~/domain/shared/new-id.server';
import type { Db } from '~db/client.server';
import type { MediaState } from '~db/tables/media';
import { makeOrganization, makePerson, STORY_BEGINS } from '~db/testing-cast';
import { answerInvitation } from '../co-authoring/answer-invitation.server';
import { invitePartner } from '../co-authoring/invite-partner.server';
import { openChapter } from '../co-authoring/open-chapter.server';
import { nameAuthor } from '../co-authoring/name-author.server';
import type { Actor } from '../co-authoring/course-reach.server';
import { getPublicationStanding } from '../sign-offs/get-publication-standing.server';
import { publishRequest } from '../sign-offs/publish-request.server';
import { requestPublication } from '../sign-offs/request-publication.server';
import { signOff } from '../sign-offs/sign-off.server';
import { addChapter } from './add-chapter.server';
import { getCourseDraft } from './course-draft.server';
import { createCourse } from './create-course.server';
import { moveChapter } from './move-chapter.server';
import { moveLesson } from './move-lesson.server';
import { placeAtEnd, placeBeside } from './place-among';

export interface CourseCast {
  college: string;
  enterprise: string;
  stranger: string;
  wang: Viewer;
  zhou: Viewer;
  collegeManager: Viewer;
  enterpriseManager: Viewer;
  collegeLearner: Viewer;
  otherInstructor: Viewer;
  outsider: Viewer;
  administrator: Viewer;
}

/** A college with the instructor Wang, an enterprise with Zhou, their managers, and people around them. */
export async function makeCourseCast(db: Db): Promise<CourseCast> {
  const college = await makeOrganization(db, { name: '鸢都技师学院' });
  const enterprise = await makeOrganization(db, { name: '海岱动力集团', kind: 'enterprise' });
  const stranger = await makeOrganization(db, { name: '云门技师学院' });
  const person = (
    name: string,
    organizationId: string,
    role: 'instructor' | 'manager' | 'learner',
  ) => makePerson(db, { name, roles: [{ organizationId, role }] });
  return {
    college,
    enterprise,
    stranger,
    wang: await person('王敏', college, 'instructor'),
    zhou: await person('周建国', enterprise, 'instructor'),
    collegeManager: await person('李海涛', college, 'manager'),
    enterpriseManager: await person('刘振东', enterprise, 'manager'),
    collegeLearner: await person('孙立明', college, 'learner'),
    otherInstructor: await person('吕文博', college, 'instructor'),
    outsider: await person('沈国梁', stranger, 'instructor'),
    administrator: await makePerson(db, { name: '陈立群', administrator: true }),
  };
}

export const dieselSettings = {
  title: '柴油发动机装配与调试',
  occupation: '柴油机装调工',
  level: 'intermediate',
  summary: '从车间安全到曲轴主轴承间隙的测量。',
  cover: 'engine',
} as const;

/** A course of the college, made by Wang; with `shared`, of the enterprise with Zhou too. */
export async function makeDraftCourse(db: Db, cast: CourseCast, shared = true): Promise<string> {
  const { courseId } = await createCourse(
    db,
    cast.wang,
    { organizationId: cast.college, ...dieselSettings },
    STORY_BEGINS,
  );
  if (!shared) return courseId;
  const organizationId = cast.enterprise;
  await invitePartner(db, cast.collegeManager, { courseId, organizationId, now: STORY_BEGINS });
  const answer = { courseId, organizationId, accept: true, now: STORY_BEGINS };
  await answerInvitation(db, cast.enterpriseManager, answer);
  const personId = cast.zhou.personId;
  await nameAuthor(db, cast.enterpriseManager, {
    courseId,
    organizationId,
    personId,
    now: STORY_BEGINS,
  });
  return courseId;
}

/** A chapter of the person's organization that all partners edit. */
export async function addOpenChapter(
  db: Db,
  actor: Actor,
  input: { courseId: string; title: string; now: number },
): Promise<{ chapterId: string }> {
  const { courseId, now } = input;
  const { chapterId } = await addChapter(db, actor, input);
  await openChapter(db, actor, { courseId, chapterId, open: true, now });
  return { chapterId };
}

/** A step of a lesson or chapter as the menu makes it, from how the draft stands now. */
export async function stepAlong(
  db: Db,
  actor: Actor,
  input: { courseId: string; id: string; to: 'up' | 'down' | { chapterId: string }; now: number },
): Promise<void> {
  const { courseId, id, to, now } = input;
  const { chapters } = await getCourseDraft(db, courseId);
  const ids = (some: { id: string }[]) => some.map((one) => one.id);
  const chapter = chapters.find((one) => one.id === id);
  if (chapter && typeof to === 'string') {
    const place = placeBeside(ids(chapters), id, to) ?? placeAtEnd([]);
    const { placeVersion } = chapter;
    await moveChapter(db, actor, { courseId, chapterId: id, place, placeVersion, now });
    return;
  }
  const home = chapters.find((one) => ids(one.lessons).includes(id));
  const lesson = home?.lessons.find((one) => one.id === id);
  const chapterId = typeof to === 'string' ? (home?.id ?? '') : to.chapterId;
  const target = chapters.find((one) => one.id === chapterId);
  const place =
    typeof to === 'string'
      ? (placeBeside(ids(home?.lessons ?? []), id, to) ?? placeAtEnd([]))
      : placeAtEnd(ids(target?.lessons ?? []));
  const placeVersion = lesson?.placeVersion ?? 1;
  await moveLesson(db, actor, { courseId, lessonId: id, chapterId, place, placeVersion, now });
}

/** A video of the course in the given state, without files behind it. */
export async function makeMedia(
  db: Db,
  given: {
    courseId: string;
    organizationId: string;
    personId: string;
    state?: MediaState;
    durationMs?: number;
  },
): Promise<string> {
  const id = newId();
  await db
    .insertInto('media')
    .values({
      id,
      course_id: given.courseId,
      organization_id: given.organizationId,
      uploaded_by: given.personId,
      filename: '曲轴.mp4',
      bytes: 1_000_000,
      state: given.state ?? 'ready',
      reason: null,
      duration_ms: given.durationMs ?? 300_000,
      width: 1280,
      height: 720,
      created_at: STORY_BEGINS,
      updated_at: STORY_BEGINS,
    })
    .execute();
  return id;
}

/** Freezes the draft, has it signed by whoever of `signers` may, and publishes it. */
export async function publishSigned(
  db: Db,
  actor: Actor,
  signers: readonly Actor[],
  { courseId, now }: { courseId: string; now: number },
): Promise<{ courseVersionId: string; number: number }> {
  const { requestId } = await requestPublication(db, actor, {
    courseId,
    note: '按教学计划发布',
    now,
  });
  for (const signer of [actor, ...signers]) await signAll(db, signer, courseId, now);
  return publishRequest(db, actor, { courseId, requestId, now });
}

/** Signs what the person may sign of the open candidate. */
export async function signAll(db: Db, actor: Actor, courseId: string, now: number): Promise<void> {
  const { request } = await getPublicationStanding(db, actor, courseId);
  for (const { organization, hash, maySign, signed } of request?.parts ?? []) {
    if (!request || !maySign || signed) continue;
    const part = { requestId: request.id, organizationId: organization.id, hash };
    await signOff(db, actor, { courseId, ...part, now });
  }
}
