import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { openTestDatabase } from '~db/testing.server';
import { STORY_BEGINS as now } from '~db/testing-cast';
import { DEFAULT_ZONE } from '../class-hours/platform-day';
import { addLesson } from '../courses/add-lesson.server';
import { attachMedia } from '../courses/attach-media.server';
import { removeLesson } from '../courses/remove-lesson.server';
import { saveLesson } from '../courses/save-lesson.server';
import {
  addOpenChapter,
  makeCourseCast,
  makeDraftCourse,
  makeMedia,
  publishSigned,
  type CourseCast,
} from '../courses/testing-courses';
import { Forbidden, NotFound } from '../shared/errors';
import { ATTRIBUTIONS, addUpWork, orderAttribution, type Work } from './attribution';
import { exportAttribution } from './export-attribution.server';
import { reportAttribution } from './report-attribution.server';

const DAY = 86_400_000;
const ids = ['a', 'b', 'c'].map((id) => fc.constant(id));
const anyWork: fc.Arbitrary<Work> = fc
  .record({
    organizationId: fc.oneof(...ids),
    personId: fc.oneof(...ids),
    courseId: fc.oneof(...ids),
    lessons: fc.nat(50),
    plannedMinutes: fc.nat(5_000),
    recordedMs: fc.nat(90_000_000),
  })
  .map((work) => ({
    ...work,
    organizationName: work.organizationId,
    personName: work.personId,
    courseTitle: work.courseId,
  }));

test('any grouping adds up to the same total, and an organization is the sum of its people', () => {
  fc.assert(
    fc.property(fc.array(anyWork), (work) => {
      const sum = (rows: readonly { recordedMs: number }[]) =>
        rows.reduce((ms, row) => ms + row.recordedMs, 0);
      const grouped = ATTRIBUTIONS.map((by) => addUpWork(work, by));
      for (const { rows, total } of grouped) {
        expect(sum(rows)).toBe(sum(work));
        expect(total.recordedMs).toBe(sum(work));
        expect(rows.reduce((n, row) => n + row.plannedMinutes, 0)).toBe(total.plannedMinutes);
        expect(rows.reduce((n, row) => n + row.lessons, 0)).toBe(total.lessons);
      }
      const [organizations, people] = grouped;
      for (const organization of organizations?.rows ?? []) {
        const own = people?.rows.filter((row) => row.organizationName === organization.name) ?? [];
        expect(sum(own)).toBe(organization.recordedMs);
      }
      for (const order of ['name', 'lessons', 'planned', 'recorded'] as const) {
        const rows = people?.rows ?? [];
        expect(new Set(orderAttribution(rows, order, true))).toEqual(new Set(rows));
      }
    }),
  );
});

describe('who produced what', () => {
  let client: DatabaseClient;
  let cast: CourseCast;
  let courseId: string;
  beforeAll(async () => {
    client = await openTestDatabase();
    cast = await makeCourseCast(client.db);
    courseId = await publishTwice();
  });
  afterAll(() => client.close());

  /** Zhou's film of six minutes, planned eight, and Wang's card; the next version has Wang's film and not the card. */
  async function publishTwice(): Promise<string> {
    const { db } = client;
    const id = await makeDraftCourse(db, cast);
    const at = { courseId: id, now };
    const { chapterId } = await addOpenChapter(db, cast.wang, { ...at, title: '量具' });
    const add = async (by: typeof cast.wang, title: string, kind: 'video' | 'article') => {
      const { lessonId } = await addLesson(db, by, { ...at, lesson: { chapterId, title, kind } });
      return lessonId;
    };
    const film = async (by: typeof cast.wang, organizationId: string, ms: number) => {
      const lessonId = await add(by, `影片 ${ms}`, 'video');
      const media = { courseId: id, organizationId, personId: by.personId, durationMs: ms };
      const mediaId = await makeMedia(db, media);
      await attachMedia(db, by, { lessonId, mediaId, version: 1, now });
      return lessonId;
    };
    const zhous = await film(cast.zhou, cast.enterprise, 360_000);
    const fields = { title: '影片', authorId: cast.zhou.personId, plannedMinutes: 8 };
    await saveLesson(db, cast.zhou, { ...at, lessonId: zhous, version: 2, fields });
    await db
      .updateTable('lesson')
      .set({ article_html: '<p>擦净</p>', planned_minutes: 5 })
      .where('id', '=', await add(cast.wang, '保养卡', 'article'))
      .execute();
    await publishSigned(db, cast.wang, [cast.zhou], at);
    const card = await db
      .selectFrom('lesson')
      .select('id')
      .where('title', '=', '保养卡')
      .executeTakeFirstOrThrow();
    await removeLesson(db, cast.wang, { ...at, version: 1, lessonId: card.id });
    await film(cast.wang, cast.college, 90_000);
    await publishSigned(db, cast.wang, [cast.zhou], { courseId: id, now: now + DAY });
    return id;
  }

  const ask = { order: 'name', descending: false, zone: DEFAULT_ZONE } as const;
  const day = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);

  test('counts each published lesson once, for its author and the organization they wrote for', async () => {
    const { db } = client;
    const people = await reportAttribution(db, cast.collegeManager, {
      ...{ by: 'person', filter: {} },
      ...ask,
    });
    expect(people.rows).toEqual(
      [
        {
          key: `${cast.enterprise} ${cast.zhou.personId}`,
          ...{ name: '周建国', organizationName: '海岱动力集团' },
          ...{ lessons: 1, plannedMinutes: 8, recordedMs: 360_000 },
        },
        {
          key: `${cast.college} ${cast.wang.personId}`,
          ...{ name: '王敏', organizationName: '鸢都技师学院' },
          ...{ lessons: 2, plannedMinutes: 5, recordedMs: 90_000 },
        },
      ].sort((a, b) => (a.name < b.name ? -1 : 1)),
    );
    expect(people.total).toEqual({ lessons: 3, plannedMinutes: 13, recordedMs: 450_000 });
  });

  test('counts a lesson on the day of its first publication, so that days add up', async () => {
    const { db } = client;
    const of = async (from: number, to: number) => {
      const filter = { from: day(from), to: day(to), courseId };
      return (await reportAttribution(db, cast.administrator, { by: 'course', filter, ...ask }))
        .total;
    };
    expect(await of(now, now)).toEqual({ lessons: 2, plannedMinutes: 13, recordedMs: 360_000 });
    expect(await of(now + DAY, now + DAY)).toMatchObject({ lessons: 1, recordedMs: 90_000 });
    expect(await of(now + 2 * DAY, now + 9 * DAY)).toMatchObject({ lessons: 0, recordedMs: 0 });
  });

  test('is seen by managers of the organizations that make the course, and by the bureau', async () => {
    const { db } = client;
    const filter = { organizationId: cast.college };
    for (const reader of [cast.enterpriseManager, cast.administrator]) {
      const report = await reportAttribution(db, reader, { by: 'organization', filter, ...ask });
      expect(report.rows).toMatchObject([{ key: cast.college, recordedMs: 90_000 }]);
    }
    const asks = { by: 'organization', filter, ...ask } as const;
    await expect(reportAttribution(db, cast.wang, asks)).rejects.toBeInstanceOf(Forbidden);
    const strange = { ...asks, filter: { courseId: 'none' } };
    await expect(reportAttribution(db, cast.administrator, strange)).rejects.toBeInstanceOf(
      NotFound,
    );
  });

  test('leaves a trace when it is exported', async () => {
    const { db } = client;
    const asks = { by: 'person', filter: { courseId }, ...ask } as const;
    await exportAttribution(db, cast.collegeManager, asks, now);
    const audit = await db
      .selectFrom('audit_entry')
      .select(['actor_id', 'detail'])
      .where('action', '=', 'export-attribution')
      .execute();
    expect(audit).toMatchObject([{ actor_id: cast.collegeManager.personId }]);
    expect(JSON.parse(audit[0]?.detail ?? '{}')).toMatchObject({ courseId, rows: 2 });
  });
});
