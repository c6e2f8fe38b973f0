import { z } from 'zod';

/** The skill levels a course can aim at, lowest first; `entry` is before the first certificate. */
export const LEVELS = [
  'entry',
  'junior',
  'intermediate',
  'senior',
  'technician',
  'seniorTechnician',
] as const;
export type Level = (typeof LEVELS)[number];

/** The drawings to choose from: public/art/cover-<name>.svg */
export const COVERS = [
  'engine',
  'caliper',
  'lathe',
  'weld',
  'plc',
  'robot',
  'gear',
  'kite',
] as const;

/** One line of text without control characters; messages are keys of the course messages. */
export const oneLine = (max: number) =>
  z
    .string()
    .transform((text) => text.replace(/\s+/g, ' ').trim())
    .pipe(z.string().min(1, 'required').max(max, 'tooLong'));

export const courseSettings = z.object({
  title: oneLine(60),
  occupation: oneLine(30),
  level: z.enum(LEVELS, 'required'),
  summary: z.string().trim().max(300, 'tooLong'),
  cover: z.enum(COVERS, 'required'),
});
export type CourseSettings = z.output<typeof courseSettings>;

export const newCourse = courseSettings.extend({ organizationId: z.string().min(1, 'required') });
export type NewCourse = z.output<typeof newCourse>;

export const titleLength = 60;
/** No lesson is longer than a working day. */
export const MOST_MINUTES = 480;
export const chapterFields = z.object({
  title: oneLine(titleLength),
  producerOrganizationId: z.string().min(1, 'required'),
});
export type ChapterFields = z.output<typeof chapterFields>;

export const lessonFields = z.object({
  title: oneLine(titleLength),
  /** The producing organization is the one this author writes for. */
  authorId: z.string().min(1, 'required'),
  /** How long it is planned to be; empty: not planned. Left out, it stays as it is. */
  plannedMinutes: z
    .union(
      [
        z.literal('').transform(() => null),
        z.coerce.number<string>().int().min(1).max(MOST_MINUTES),
      ],
      'plannedMinutes',
    )
    .optional(),
});
export type LessonFields = z.output<typeof lessonFields>;

export const newLesson = z.object({
  chapterId: z.string().min(1, 'required'),
  title: oneLine(titleLength),
  kind: z.enum(['video', 'article'], 'required'),
});
export type NewLesson = z.output<typeof newLesson>;
