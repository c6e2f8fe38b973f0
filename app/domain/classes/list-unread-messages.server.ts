import type { Db } from '~db/client.server';
import { prepareQuery } from '~db/prepared-query';

export interface UnreadMessage {
  id: string;
  classId: string;
  classTitle: string;
  sentByName: string;
  body: string;
  sentAt: number;
}

/** The messages a person has not marked as read, newest first. */
export function listUnreadMessages(db: Db, personId: string): Promise<UnreadMessage[]> {
  return findUnread(db, { personId });
}

const findUnread = prepareQuery((db, asked: { personId: string }) =>
  db
    .selectFrom('message_recipient')
    .innerJoin('message', 'message.id', 'message_recipient.message_id')
    .innerJoin('training_class', 'training_class.id', 'message.class_id')
    .innerJoin('person', 'person.id', 'message.sent_by')
    .select([
      'message.id',
      'message.class_id as classId',
      'training_class.title as classTitle',
      'person.name as sentByName',
      'message.body',
      'message.sent_at as sentAt',
    ])
    .where('message_recipient.person_id', '=', asked.personId)
    .where('message_recipient.read_at', 'is', null)
    .orderBy('message.sent_at', 'desc')
    .orderBy('message.id', 'desc'),
);
