/** A chapter with its lessons in their order. */
export interface OutlineChapter {
  id: string;
  title: string;
  lessonIds: string[];
}

/**
 * The outline of then, as far as the person may bring it about. Chapters that they do not edit keep their title and
 * lessons as they are now, and lessons that they do not edit stay in their chapter; neither comes back once it is
 * gone. The order of chapters is that of then, with what is left behind it.
 */
export function outlineToRestore(
  now: readonly OutlineChapter[],
  then: readonly OutlineChapter[],
  mayEdit: (id: string) => boolean,
): OutlineChapter[] {
  const isKept = (chapter: OutlineChapter, lessonId: string) =>
    !mayEdit(chapter.id) || !mayEdit(lessonId);
  const kept = new Map(
    now.map((chapter) => [chapter.id, chapter.lessonIds.filter((id) => isKept(chapter, id))]),
  );
  const elsewhere = new Set([...kept.values()].flat());
  const known = new Map(now.map((chapter) => [chapter.id, chapter]));
  const restored = then.flatMap((chapter): OutlineChapter[] => {
    const current = known.get(chapter.id);
    if (!mayEdit(chapter.id)) return current ? [current] : [];
    const stays = new Set(kept.get(chapter.id));
    const back = chapter.lessonIds.filter(
      (id) => stays.has(id) || (mayEdit(id) && !elsewhere.has(id)),
    );
    const others = [...stays].filter((id) => !back.includes(id));
    return [{ ...chapter, lessonIds: [...back, ...others] }];
  });
  const placed = new Set(restored.map((chapter) => chapter.id));
  const left = now.flatMap((chapter): OutlineChapter[] => {
    const lessonIds = kept.get(chapter.id) ?? [];
    const stays = !placed.has(chapter.id) && (!mayEdit(chapter.id) || lessonIds.length > 0);
    return stays ? [{ ...chapter, lessonIds }] : [];
  });
  return [...restored, ...left];
}
