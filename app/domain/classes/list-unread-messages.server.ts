import type { Db } from '~db/client.server';
import { prepareQuery } from '~db/prepared-query';

export interface UnreadMessage {
  id: string;
  classId: string;
  classTitle: string;
  sentByName: string;
  body: string;
  sentAt: number;
  /** The answer to an appeal of theirs, or a correction; null for a word to the class. */
  about: {
    decision: 'accepted' | 'declined' | null;
    enrollmentId: string;
    lessonId: string;
    lessonTitle: string;
    /** By how much class hours were corrected, ms, and for which day; 0 where they were not. */
    ms: number;
    day: string | null;
  } | null;
}

/** The messages a person has not marked as read, newest first. */
export async function listUnreadMessages(db: Db, personId: string): Promise<UnreadMessage[]> {
  const rows = await findUnread(db, { personId });
  return rows.map(({ enrollmentId, lessonId, lessonTitle, decision, ms, day, ...message }) => {
    if (enrollmentId === null || lessonId === null) return { ...message, about: null };
    const of = { enrollmentId, lessonId, lessonTitle: lessonTitle ?? '' };
    return { ...message, about: { ...of, decision, ms: ms ?? 0, day } };
  });
}

const findUnread = prepareQuery((db, asked: { personId: string }) =>
  db
    .selectFrom('message_recipient')
    .innerJoin('message', 'message.id', 'message_recipient.message_id')
    .innerJoin('training_class', 'training_class.id', 'message.class_id')
    .innerJoin('person', 'person.id', 'message.sent_by')
    .leftJoin('appeal', 'appeal.id', 'message.appeal_id')
    .leftJoin('correction', 'correction.id', 'message.correction_id')
    .leftJoin('lesson', (join) =>
      join.on((eb) =>
        eb('lesson.id', '=', eb.fn.coalesce('appeal.lesson_id', 'correction.lesson_id')),
      ),
    )
    .select((eb) => [
      'message.id',
      'message.class_id as classId',
      'training_class.title as classTitle',
      'person.name as sentByName',
      'message.body',
      'message.sent_at as sentAt',
      'appeal.decision',
      eb.fn.coalesce('appeal.enrollment_id', 'correction.enrollment_id').as('enrollmentId'),
      'lesson.id as lessonId',
      'lesson.title as lessonTitle',
      'correction.ms',
      'correction.day',
    ])
    .where('message_recipient.person_id', '=', asked.personId)
    .where('message_recipient.read_at', 'is', null)
    .orderBy('message.sent_at', 'desc')
    .orderBy('message.id', 'desc'),
);
