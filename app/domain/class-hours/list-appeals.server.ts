import type { Db } from '~db/client.server';
import { NotFound } from '../shared/errors';

/** An appeal as learner and manager see it; moments are epoch ms. */
export interface Appeal {
  id: string;
  enrollmentId: string;
  lessonId: string;
  lessonTitle: string;
  learnerName: string;
  /** Null: the whole lesson. */
  day: string | null;
  text: string;
  madeAt: number;
  /** Null while it waits. */
  decision: 'accepted' | 'declined' | null;
  decidedAt: number | null;
  decidedBy: string | null;
  answer: string | null;
}

/** The appeals of one enrollment on one lesson, the newest first. */
export function listLessonAppeals(
  db: Db,
  { enrollmentId, lessonId }: { enrollmentId: string; lessonId: string },
): Promise<Appeal[]> {
  return selectAppeals(db)
    .where('appeal.enrollment_id', '=', enrollmentId)
    .where('appeal.lesson_id', '=', lessonId)
    .orderBy('appeal.made_at', 'desc')
    .orderBy('appeal.id', 'desc')
    .execute();
}

/** One page of a class's appeals: those that wait first, the oldest of them on top; then the latest answers. */
export function listClassAppeals(
  db: Db,
  classId: string,
  { offset, limit }: { offset: number; limit: number },
): Promise<Appeal[]> {
  return selectAppeals(db)
    .where('enrollment.class_id', '=', classId)
    .orderBy((eb) => eb.case().when('appeal.decided_at', 'is', null).then(0).else(1).end())
    .orderBy((eb) =>
      eb
        .case()
        .when('appeal.decided_at', 'is', null)
        .then(eb.ref('appeal.made_at'))
        .else(eb.neg(eb.ref('appeal.decided_at')))
        .end(),
    )
    .orderBy('appeal.id')
    .limit(limit)
    .offset(offset)
    .execute();
}

/** One appeal of the class. Throws NotFound for another's. */
export async function getClassAppeal(db: Db, classId: string, appealId: string): Promise<Appeal> {
  const found = await selectAppeals(db)
    .where('enrollment.class_id', '=', classId)
    .where('appeal.id', '=', appealId)
    .executeTakeFirst();
  if (!found) throw new NotFound();
  return found;
}

/** How many appeals a class has, and how many of them wait for an answer. */
export async function countAppeals(
  db: Db,
  classId: string,
): Promise<{ all: number; open: number }> {
  const { all, decided } = await db
    .selectFrom('appeal')
    .innerJoin('enrollment', 'enrollment.id', 'appeal.enrollment_id')
    .select(({ fn }) => [
      fn.countAll<number>().as('all'),
      fn.count<number>('appeal.decided_at').as('decided'),
    ])
    .where('enrollment.class_id', '=', classId)
    .executeTakeFirstOrThrow();
  return { all: Number(all), open: Number(all) - Number(decided) };
}

function selectAppeals(db: Db) {
  return db
    .selectFrom('appeal')
    .innerJoin('enrollment', 'enrollment.id', 'appeal.enrollment_id')
    .innerJoin('person as learner', 'learner.id', 'enrollment.person_id')
    .innerJoin('lesson', 'lesson.id', 'appeal.lesson_id')
    .leftJoin('person as manager', 'manager.id', 'appeal.decided_by')
    .select([
      'appeal.id',
      'appeal.enrollment_id as enrollmentId',
      'appeal.lesson_id as lessonId',
      'lesson.title as lessonTitle',
      'learner.name as learnerName',
      'appeal.day',
      'appeal.text',
      'appeal.made_at as madeAt',
      'appeal.decision',
      'appeal.decided_at as decidedAt',
      'manager.name as decidedBy',
      'appeal.answer',
    ]);
}
