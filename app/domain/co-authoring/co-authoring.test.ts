import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { openTestDatabase } from '~db/testing.server';
import { STORY_BEGINS as now } from '~db/testing-cast';
import { addChapter } from '../courses/add-chapter.server';
import { addLesson } from '../courses/add-lesson.server';
import { getCourseDraft } from '../courses/course-draft.server';
import { listCourses } from '../courses/list-courses.server';
import { makeCourseCast, makeDraftCourse, type CourseCast } from '../courses/testing-courses';
import { replaceLessonText } from '../lesson-texts/replace-lesson-text.server';
import { admitToText } from '../lesson-texts/text-admission.server';
import { Forbidden, NotFound } from '../shared/errors';
import { answerInvitation } from './answer-invitation.server';
import {
  listAuthors,
  listInvitableOrganizations,
  listInvolvedOrganizations,
  listNameable,
} from './course-people.server';
import {
  canAuthor,
  getCourseReach,
  requireAuthor,
  requireCourseReader,
} from './course-reach.server';
import { endPartnership, endPassedPartnerships } from './end-partnership.server';
import { invitationTerms } from './invitation-form';
import { invitePartner } from './invite-partner.server';
import { listInvitations, listManagedCourses } from './list-partnerships.server';
import { nameAuthor } from './name-author.server';
import { releaseAuthor } from './release-author.server';

let client: DatabaseClient;
let cast: CourseCast;
beforeAll(async () => {
  client = await openTestDatabase();
  cast = await makeCourseCast(client.db);
});
afterAll(() => client.close());

describe('the reach of a course', () => {
  test('authors of both organizations write, each for their own', async () => {
    const courseId = await makeDraftCourse(client.db, cast);
    expect((await requireAuthor(client.db, cast.wang, courseId)).authorFor).toBe(cast.college);
    expect((await requireAuthor(client.db, cast.zhou, courseId)).authorFor).toBe(cast.enterprise);
    expect((await getCourseReach(client.db, cast.wang, courseId)).organizationIds).toEqual([
      cast.college,
      cast.enterprise,
    ]);
  });

  test('managers of both and the bureau read, other members are refused, outsiders find nothing', async () => {
    const courseId = await makeDraftCourse(client.db, cast);
    const { db } = client;
    for (const reader of [cast.collegeManager, cast.enterpriseManager, cast.administrator]) {
      await expect(requireCourseReader(db, reader, courseId)).resolves.toMatchObject({ courseId });
      await expect(requireAuthor(db, reader, courseId)).rejects.toBeInstanceOf(Forbidden);
      expect(await canAuthor(db, reader, courseId)).toBe(false);
    }
    for (const insider of [cast.collegeLearner, cast.otherInstructor]) {
      await expect(requireCourseReader(db, insider, courseId)).rejects.toBeInstanceOf(Forbidden);
    }
    await expect(requireCourseReader(db, cast.outsider, courseId)).rejects.toBeInstanceOf(NotFound);
    await expect(requireAuthor(db, cast.outsider, courseId)).rejects.toBeInstanceOf(NotFound);
    expect(await canAuthor(db, cast.outsider, courseId)).toBe(false);
    await expect(getCourseReach(db, cast.wang, 'none')).rejects.toBeInstanceOf(NotFound);
  });

  test('an author who is no instructor any more cannot write', async () => {
    const courseId = await makeDraftCourse(client.db, cast);
    const former = { ...cast.wang, memberships: [] };
    await expect(requireAuthor(client.db, former, courseId)).rejects.toBeInstanceOf(NotFound);
    const mentor = { organizationId: cast.college, role: 'mentor' as const };
    const moved = { ...cast.wang, memberships: [mentor] };
    await expect(requireAuthor(client.db, moved, courseId)).rejects.toBeInstanceOf(Forbidden);
  });

  test('lists hold what each person may open', async () => {
    const courseId = await makeDraftCourse(client.db, cast, false);
    const ids = async (actor: typeof cast.wang) =>
      (await listCourses(client.db, actor)).map((row) => row.courseId);
    expect(await ids(cast.wang)).toContain(courseId);
    expect(await ids(cast.collegeManager)).toContain(courseId);
    expect(await ids(cast.administrator)).toContain(courseId);
    expect(await ids(cast.zhou)).not.toContain(courseId);
    expect(await ids(cast.enterpriseManager)).not.toContain(courseId);
    expect(await ids(cast.otherInstructor)).toEqual([]);
    expect(await ids(cast.outsider)).toEqual([]);
  });
});

describe('a partnership', () => {
  test('is asked for by the lead manager and accepted by the partner manager, and only then opens the course', async () => {
    const { db } = client;
    const courseId = await makeDraftCourse(db, cast, false);
    const invitation = { courseId, organizationId: cast.enterprise, now };
    await expect(invitePartner(db, cast.wang, invitation)).rejects.toBeInstanceOf(Forbidden);
    await expect(invitePartner(db, cast.enterpriseManager, invitation)).rejects.toBeInstanceOf(
      NotFound,
    );
    await invitePartner(db, cast.collegeManager, invitation);
    await expect(invitePartner(db, cast.collegeManager, invitation)).rejects.toMatchObject({
      type: 'already-invited',
    });
    expect((await listInvitations(db, cast.enterpriseManager)).map((i) => i.courseId)).toContain(
      courseId,
    );
    await expect(requireCourseReader(db, cast.enterpriseManager, courseId)).rejects.toBeInstanceOf(
      NotFound,
    );

    const answer = { ...invitation, accept: true };
    await expect(answerInvitation(db, cast.zhou, answer)).rejects.toBeInstanceOf(Forbidden);
    await expect(answerInvitation(db, cast.collegeManager, answer)).rejects.toBeInstanceOf(
      NotFound,
    );
    await answerInvitation(db, cast.enterpriseManager, answer);
    await expect(answerInvitation(db, cast.enterpriseManager, answer)).rejects.toMatchObject({
      type: 'already-answered',
    });
    await expect(invitePartner(db, cast.collegeManager, invitation)).rejects.toMatchObject({
      type: 'already-partner',
    });
    await requireCourseReader(db, cast.enterpriseManager, courseId);
    expect(
      (await listInvitations(db, cast.enterpriseManager)).map((i) => i.courseId),
    ).not.toContain(courseId);
    expect((await listManagedCourses(db, cast.enterpriseManager)).map((c) => c.courseId)).toContain(
      courseId,
    );
    const trail = await db
      .selectFrom('audit_entry')
      .select(['action', 'organization_id'])
      .where('subject_id', '=', courseId)
      .orderBy('id')
      .execute();
    expect(trail).toEqual([
      { action: 'create-course', organization_id: cast.college },
      { action: 'invite-partner', organization_id: cast.college },
      { action: 'accept-partnership', organization_id: cast.enterprise },
    ]);
  });

  test('that was declined stays closed and can be asked for again', async () => {
    const { db } = client;
    const courseId = await makeDraftCourse(db, cast, false);
    const invitation = { courseId, organizationId: cast.enterprise, now };
    await invitePartner(db, cast.collegeManager, invitation);
    await answerInvitation(db, cast.enterpriseManager, { ...invitation, accept: false });
    await expect(requireCourseReader(db, cast.enterpriseManager, courseId)).rejects.toBeInstanceOf(
      NotFound,
    );
    expect(await listInvolvedOrganizations(db, courseId)).toMatchObject([
      { state: 'lead' },
      { state: 'declined' },
    ]);
    expect((await listInvitableOrganizations(db, courseId)).map((o) => o.id)).toContain(
      cast.enterprise,
    );
    await invitePartner(db, cast.collegeManager, { ...invitation, now: now + 1 });
    expect((await listInvolvedOrganizations(db, courseId))[1]?.state).toBe('invited');
    expect((await listInvitableOrganizations(db, courseId)).map((o) => o.id)).not.toContain(
      cast.enterprise,
    );
  });
});

describe('an invitation', () => {
  test('says why, which chapters and until when, and its chapters are the partner’s once accepted', async () => {
    const { db } = client;
    const courseId = await makeDraftCourse(db, cast, false);
    const terms = invitationTerms.parse({
      message: ' 一起做吧 ',
      chapters: '曲轴与轴承\n\n 试车 \n',
      endsOn: '2027-06-30',
    });
    expect(terms.chapters).toEqual(['曲轴与轴承', '试车']);
    expect(invitationTerms.safeParse({ endsOn: '2027-06-31x' }).success).toBe(false);
    const invitation = { courseId, organizationId: cast.enterprise, now };
    await invitePartner(db, cast.collegeManager, { ...invitation, ...terms });
    const [shown] = (await listInvitations(db, cast.enterpriseManager)).filter(
      (one) => one.courseId === courseId,
    );
    expect(shown).toMatchObject({ message: '一起做吧', chapters: ['曲轴与轴承', '试车'] });
    expect(shown?.endsOn).toBe('2027-06-30');
    expect((await getCourseDraft(db, courseId)).chapters).toEqual([]);
    await answerInvitation(db, cast.enterpriseManager, { ...invitation, accept: true });
    const { chapters } = await getCourseDraft(db, courseId);
    expect(chapters.map((one) => [one.title, one.producerOrganizationId])).toEqual([
      ['曲轴与轴承', cast.enterprise],
      ['试车', cast.enterprise],
    ]);
    expect(chapters.every((one) => !one.openToPartners)).toBe(true);
  });

  test('is declined with a reason, which the lead reads', async () => {
    const { db } = client;
    const courseId = await makeDraftCourse(db, cast, false);
    const invitation = { courseId, organizationId: cast.enterprise, now };
    await invitePartner(db, cast.collegeManager, { ...invitation, chapters: ['试车'] });
    const answer = { ...invitation, accept: false, reason: '产线大修' };
    await answerInvitation(db, cast.enterpriseManager, answer);
    const [, partner] = await listInvolvedOrganizations(db, courseId);
    expect(partner).toMatchObject({ state: 'declined', declineReason: '产线大修' });
    expect((await getCourseDraft(db, courseId)).chapters).toEqual([]);
  });
});

describe('a partnership that ends', () => {
  const trailOf = (courseId: string) =>
    client.db
      .selectFrom('audit_entry')
      .select(['action', 'organization_id', 'actor_id'])
      .where('subject_id', '=', courseId)
      .where('action', 'in', ['leave-partnership', 'end-partnership'])
      .execute();

  async function makeTheirs() {
    const { db } = client;
    const courseId = await makeDraftCourse(db, cast);
    const { chapterId } = await addChapter(db, cast.zhou, { courseId, title: '吊装', now });
    const lesson = { chapterId, title: '吊具', kind: 'article' as const };
    const { lessonId } = await addLesson(db, cast.zhou, { courseId, lesson, now });
    return { courseId, chapterId, lessonId, organizationId: cast.enterprise, now };
  }

  test('by its manager leaving: rights end at once, what was made stays under its name and is the lead’s to edit', async () => {
    const { db } = client;
    const made = await makeTheirs();
    const { courseId, lessonId } = made;
    for (const other of [cast.zhou, cast.wang, cast.administrator]) {
      await expect(endPartnership(db, other, made)).rejects.toBeInstanceOf(Forbidden);
    }
    await expect(endPartnership(db, cast.outsider, made)).rejects.toBeInstanceOf(NotFound);
    const write = (by: typeof cast.wang) =>
      replaceLessonText(db, by, { lessonId, html: `<p>${by.name}</p>`, now });
    await expect(write(cast.wang)).rejects.toBeInstanceOf(Forbidden);
    await endPartnership(db, cast.enterpriseManager, made);
    await expect(endPartnership(db, cast.collegeManager, made)).rejects.toBeInstanceOf(NotFound);
    for (const former of [cast.zhou, cast.enterpriseManager]) {
      await expect(requireCourseReader(db, former, courseId)).rejects.toBeInstanceOf(NotFound);
      await expect(admitToText(db, former, lessonId)).rejects.toBeInstanceOf(NotFound);
    }
    expect((await listCourses(db, cast.zhou)).map((row) => row.courseId)).not.toContain(courseId);
    await write(cast.wang);
    const [chapter] = (await getCourseDraft(db, courseId)).chapters;
    expect(chapter).toMatchObject({ producerOrganizationId: cast.enterprise });
    expect(chapter?.lessons[0]).toMatchObject({
      producerOrganizationId: cast.enterprise,
      authorId: cast.zhou.personId,
      articleHtml: '<p>王敏</p>',
    });
    expect((await listInvolvedOrganizations(db, courseId))[1]?.state).toBe('left');
    expect(await trailOf(courseId)).toMatchObject([
      { action: 'leave-partnership', organization_id: cast.enterprise },
    ]);
    await invitePartner(db, cast.collegeManager, made);
    await answerInvitation(db, cast.enterpriseManager, { ...made, accept: true });
    await write(cast.zhou);
    await expect(write(cast.wang)).rejects.toBeInstanceOf(Forbidden);
  });

  test('by the lead, or by its last day passing', async () => {
    const { db } = client;
    const ended = await makeTheirs();
    await endPartnership(db, cast.collegeManager, ended);
    expect(await trailOf(ended.courseId)).toMatchObject([
      { action: 'end-partnership', organization_id: cast.college },
    ]);
    const { courseId, organizationId } = await makeTheirs();
    await db
      .updateTable('course_partner')
      .set({ ends_on: '2026-12-31' })
      .where('course_id', '=', courseId)
      .execute();
    await endPassedPartnerships(db, '2026-12-31', now);
    expect((await requireAuthor(db, cast.zhou, courseId)).authorFor).toBe(organizationId);
    await endPassedPartnerships(db, '2027-01-01', now);
    await endPassedPartnerships(db, '2027-01-01', now);
    await expect(requireAuthor(db, cast.zhou, courseId)).rejects.toBeInstanceOf(NotFound);
    expect(await trailOf(courseId)).toEqual([
      { action: 'end-partnership', organization_id: organizationId, actor_id: null },
    ]);
  });
});

describe('authors', () => {
  test('are named by the manager of their own organization, from its instructors', async () => {
    const { db } = client;
    const courseId = await makeDraftCourse(db, cast);
    const naming = {
      courseId,
      organizationId: cast.college,
      personId: cast.otherInstructor.personId,
      now,
    };
    await expect(nameAuthor(db, cast.enterpriseManager, naming)).rejects.toBeInstanceOf(Forbidden);
    await expect(nameAuthor(db, cast.wang, naming)).rejects.toBeInstanceOf(Forbidden);
    await expect(nameAuthor(db, cast.outsider, naming)).rejects.toBeInstanceOf(NotFound);
    const learner = { ...naming, personId: cast.collegeLearner.personId };
    await expect(nameAuthor(db, cast.collegeManager, learner)).rejects.toBeInstanceOf(NotFound);
    const foreign = { ...naming, organizationId: cast.stranger };
    await expect(nameAuthor(db, cast.collegeManager, foreign)).rejects.toBeInstanceOf(NotFound);

    const nameable = await listNameable(db, courseId, [cast.college], 'course_author');
    expect(nameable.map((p) => p.name)).toEqual(['吕文博']);
    await nameAuthor(db, cast.collegeManager, naming);
    await expect(nameAuthor(db, cast.collegeManager, naming)).rejects.toMatchObject({
      type: 'already-author',
    });
    expect(await canAuthor(db, cast.otherInstructor, courseId)).toBe(true);
    expect((await listAuthors(db, courseId)).map((a) => a.name).sort()).toEqual(
      ['王敏', '周建国', '吕文博'].sort(),
    );
  });

  test('who are released keep what they made and can change nothing more', async () => {
    const { db } = client;
    const courseId = await makeDraftCourse(db, cast);
    const release = {
      courseId,
      organizationId: cast.enterprise,
      personId: cast.zhou.personId,
      now,
    };
    await addChapter(db, cast.zhou, { courseId, title: '曲轴与轴承', now });
    await expect(releaseAuthor(db, cast.collegeManager, release)).rejects.toBeInstanceOf(Forbidden);
    await releaseAuthor(db, cast.enterpriseManager, release);
    await expect(releaseAuthor(db, cast.enterpriseManager, release)).rejects.toBeInstanceOf(
      NotFound,
    );
    await expect(
      addChapter(db, cast.zhou, { courseId, title: '再加一章', now }),
    ).rejects.toBeInstanceOf(Forbidden);
    const chapters = await db
      .selectFrom('chapter')
      .select('producer_organization_id')
      .where('course_id', '=', courseId)
      .execute();
    expect(chapters).toEqual([{ producer_organization_id: cast.enterprise }]);
  });
});
