import { createHash } from 'node:crypto';
import type { CourseDraft } from '../courses/course-draft.server';
import type { CourseSettings } from '../courses/course-settings';

export interface ContentLesson {
  id: string;
  title: string;
  kind: 'video' | 'article';
  mediaId: string | null;
  /** 0 for articles. */
  durationMs: number;
  articleHtml: string;
  producerOrganizationId: string;
  authorId: string;
  /** Absent in candidates from before there was one. */
  plannedMinutes?: number | null;
}

/** What a version holds, chapters and lessons in their order. */
export interface PublicationContent {
  leadOrganizationId: string;
  settings: CourseSettings;
  chapters: { id: string; title: string; lessons: ContentLesson[] }[];
}

/** What one organization answers for. */
export interface ContentPart {
  organizationId: string;
  /** SHA-256, hex. */
  hash: string;
  lessonCount: number;
}

/** The draft as it would be published: chapters without a lesson are left out. */
export function contentOf(draft: CourseDraft): PublicationContent {
  return {
    leadOrganizationId: draft.leadOrganizationId,
    settings: draft.settings,
    chapters: draft.chapters
      .filter((chapter) => chapter.lessons.length > 0)
      .map(({ id, title, lessons }) => ({
        id,
        title,
        lessons: lessons.map((lesson) => ({
          id: lesson.id,
          title: lesson.title,
          kind: lesson.kind,
          mediaId: lesson.mediaId,
          durationMs: lesson.kind === 'video' ? lesson.durationMs : 0,
          articleHtml: lesson.articleHtml,
          producerOrganizationId: lesson.producerOrganizationId,
          authorId: lesson.authorId,
          plannedMinutes: lesson.plannedMinutes,
        })),
      })),
  };
}

const sha256 = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex');

const valuesOf = (lesson: ContentLesson, chapterId: string) => [
  lesson.id,
  chapterId,
  lesson.title,
  lesson.kind,
  lesson.mediaId,
  lesson.durationMs,
  lesson.articleHtml,
  lesson.producerOrganizationId,
  lesson.authorId,
  // Left out where nobody planned it: what was signed before there were plans keeps its hash.
  ...(lesson.plannedMinutes ? [lesson.plannedMinutes] : []),
];

const lessonsBy = (content: PublicationContent, organizationId: string) =>
  content.chapters.flatMap((chapter) =>
    chapter.lessons
      .filter((lesson) => lesson.producerOrganizationId === organizationId)
      .map((lesson) => valuesOf(lesson, chapter.id)),
  );

const outlineOf = ({ settings, chapters }: PublicationContent) => [
  settings.title,
  settings.occupation,
  settings.level,
  settings.summary,
  settings.cover,
  chapters.map(({ id, title, lessons }) => [id, title, lessons.map((lesson) => lesson.id)]),
];

/** Of all there is: two contents have one hash only where no reader could tell them apart. SHA-256, hex. */
export function contentHash(content: PublicationContent): string {
  return sha256([
    outlineOf(content),
    content.chapters.map(({ id, lessons }) => lessons.map((lesson) => valuesOf(lesson, id))),
  ]);
}

/**
 * Who answers for what: each producing organization for its lessons and where they stand, the lead organization,
 * first in the list, for settings, chapters and order too.
 */
export function partsOf(content: PublicationContent): ContentPart[] {
  const { leadOrganizationId, chapters } = content;
  const producers = chapters.flatMap(({ lessons }) =>
    lessons.map((lesson) => lesson.producerOrganizationId),
  );
  return [...new Set([leadOrganizationId, ...producers])].map((organizationId) => {
    const lessons = lessonsBy(content, organizationId);
    const outline = organizationId === leadOrganizationId ? outlineOf(content) : null;
    return {
      organizationId,
      hash: sha256([organizationId, outline, lessons]),
      lessonCount: lessons.length,
    };
  });
}

/** What of the content one organization answers for, to be compared with what it signed. */
export function partOf(content: PublicationContent, organizationId: string): PublicationContent {
  const leads = organizationId === content.leadOrganizationId;
  return {
    ...content,
    settings: leads
      ? content.settings
      : { ...content.settings, title: '', occupation: '', summary: '' },
    chapters: content.chapters
      .map((chapter) => ({
        ...chapter,
        lessons: chapter.lessons.filter((one) => one.producerOrganizationId === organizationId),
      }))
      .filter(({ lessons }) => leads || lessons.length > 0),
  };
}
