import type { Database } from './schema';

/** Every table, those that are referred to before those that refer: the order in which rows can go in. */
export const tableNames = [
  'person',
  'login_name',
  'sign_in_session',
  'start_code',
  'consent',
  'sign_in_failure',
  'known_device',
  'set_up_link',
  'readiness',
  'organization',
  'membership',
  'bureau_administrator',
  'audit_entry',
  'course',
  'course_partner',
  'course_author',
  'media',
  'rendition',
  'caption',
  'upload',
  'job',
  'chapter',
  'lesson',
  'course_version',
  'course_version_chapter',
  'course_version_lesson',
  'rule_set',
  'rule_set_version',
  'training_class',
  'class_course',
  'roster_draft',
  'enrollment',
  'enrollment_status',
  'article_reading',
  'message',
  'message_recipient',
  'learner_stream',
  'watch_session',
  'session_total',
  'beat',
  'refused_beat',
  'lesson_total',
  'lesson_day',
] as const satisfies readonly (keyof Database)[];

type Listed = (typeof tableNames)[number];
/** Fails to compile when a table of the schema is missing above. */
export const everyTableIsListed: Exclude<keyof Database, Listed> extends never ? true : never =
  true;
