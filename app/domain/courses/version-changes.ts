/** What a course version (or the draft) holds, as far as readers can tell it apart. */
export interface VersionContent {
  settings: { title: string; occupation: string; level: string; summary: string; cover: string };
  chapters: {
    id: string;
    title: string;
    lessons: {
      id: string;
      title: string;
      kind: 'video' | 'article';
      mediaId: string | null;
      articleHtml: string;
      producerOrganizationId: string;
      authorId: string;
      /** Absent in what was kept before there was one. */
      plannedMinutes?: number | null;
    }[];
  }[];
}

export type VersionChange =
  | { kind: 'settings'; fields: string[] }
  | { kind: 'chapter-added' | 'chapter-removed'; title: string }
  | { kind: 'chapter-renamed'; title: string; was: string }
  | { kind: 'lesson-added' | 'lesson-removed'; title: string }
  | { kind: 'lesson-renamed'; title: string; was: string }
  | { kind: 'lesson-moved'; title: string; chapter: string }
  | { kind: 'video-changed' | 'text-changed' | 'credits-changed' | 'plan-changed'; title: string }
  | { kind: 'order-changed' };

/** What changed from one content to the next, in reading order; empty when a reader could not tell. */
export function compareVersions(before: VersionContent, after: VersionContent): VersionChange[] {
  const fields = Object.entries(after.settings)
    .filter(([field, value]) => before.settings[field as keyof typeof before.settings] !== value)
    .map(([field]) => field);
  const settings: VersionChange[] = fields.length > 0 ? [{ kind: 'settings', fields }] : [];
  return [...settings, ...compareChapters(before, after), ...compareLessons(before, after)];
}

function compareChapters(before: VersionContent, after: VersionContent): VersionChange[] {
  const was = new Map(before.chapters.map((chapter) => [chapter.id, chapter.title]));
  const is = new Set(after.chapters.map((chapter) => chapter.id));
  const changes = after.chapters.flatMap(({ id, title }): VersionChange[] => {
    const old = was.get(id);
    if (old === undefined) return [{ kind: 'chapter-added', title }];
    return old === title ? [] : [{ kind: 'chapter-renamed', title, was: old }];
  });
  const removed = before.chapters
    .filter((chapter) => !is.has(chapter.id))
    .map(({ title }): VersionChange => ({ kind: 'chapter-removed', title }));
  return [...changes, ...removed];
}

const placed = (content: VersionContent) =>
  content.chapters.flatMap((chapter) => chapter.lessons.map((lesson) => ({ lesson, chapter })));

function compareLessons(before: VersionContent, after: VersionContent): VersionChange[] {
  const was = new Map(placed(before).map((place) => [place.lesson.id, place]));
  const is = new Set(placed(after).map((place) => place.lesson.id));
  const changes = placed(after).flatMap(({ lesson, chapter }): VersionChange[] => {
    const old = was.get(lesson.id);
    const { title } = lesson;
    if (!old) return [{ kind: 'lesson-added', title }];
    const found: VersionChange[] = [];
    if (old.lesson.title !== title) {
      found.push({ kind: 'lesson-renamed', title, was: old.lesson.title });
    }
    if (old.chapter.id !== chapter.id) {
      found.push({ kind: 'lesson-moved', title, chapter: chapter.title });
    }
    if (old.lesson.mediaId !== lesson.mediaId) found.push({ kind: 'video-changed', title });
    if (old.lesson.articleHtml !== lesson.articleHtml) found.push({ kind: 'text-changed', title });
    const sameCredits =
      old.lesson.producerOrganizationId === lesson.producerOrganizationId &&
      old.lesson.authorId === lesson.authorId;
    if ((old.lesson.plannedMinutes ?? null) !== (lesson.plannedMinutes ?? null)) {
      found.push({ kind: 'plan-changed', title });
    }
    if (!sameCredits) found.push({ kind: 'credits-changed', title });
    return found;
  });
  const removed = placed(before)
    .filter((place) => !is.has(place.lesson.id))
    .map(({ lesson }): VersionChange => ({ kind: 'lesson-removed', title: lesson.title }));
  const order = sameOrder(before, after) ? [] : [{ kind: 'order-changed' as const }];
  return [...changes, ...removed, ...order];
}

/** Whether what stayed in its chapter stands in the same order as before. */
function sameOrder(before: VersionContent, after: VersionContent): boolean {
  const keys = (content: VersionContent) =>
    content.chapters.flatMap((chapter) => [
      chapter.id,
      ...chapter.lessons.map((lesson) => `${chapter.id}/${lesson.id}`),
    ]);
  const [old, now] = [keys(before), keys(after)];
  const kept = (keysOf: string[], others: Set<string>) => keysOf.filter((key) => others.has(key));
  return kept(old, new Set(now)).join() === kept(now, new Set(old)).join();
}
