import { placeAtEnd, placeBeside, type Place } from '~/domain/courses/place-among';
import type { EditorData } from './editor';
import type { TreeItem } from './tree-drag';

type Fields = Record<string, string>;

const placeFields = (place: Place, placeVersion: number): Fields => ({
  after: place.after ?? '',
  before: place.before ?? '',
  placeVersion: String(placeVersion),
});

const idsOf = (some: readonly { id: string }[]): string[] => some.map((one) => one.id);

/** Behind one of them, or at the start; undefined where it stands there already. */
function behind(ids: readonly string[], id: string, other: string | null): Place | undefined {
  const others = ids.filter((one) => one !== id);
  const at = other === null ? 0 : others.indexOf(other) + 1;
  if (ids.indexOf(id) === at) return undefined;
  return { after: others[at - 1] ?? null, before: others[at] ?? null };
}

/** What the form of a step up or down sends; undefined at the edge. */
export function stepMove(
  editor: EditorData,
  item: TreeItem,
  direction: 'up' | 'down',
): Fields | undefined {
  const { chapters } = editor;
  if (item.kind === 'chapter') {
    const place = placeBeside(idsOf(chapters), item.id, direction);
    const chapter = chapters.find((one) => one.id === item.id);
    return place && chapter && chapterFields(item.id, place, chapter.placeVersion);
  }
  const home = chapters.find((one) => one.lessons.some(({ id }) => id === item.id));
  const lesson = home?.lessons.find(({ id }) => id === item.id);
  const place = home && placeBeside(idsOf(home.lessons), item.id, direction);
  return home && lesson && place && lessonFields(item.id, home.id, place, lesson.placeVersion);
}

/** What sends a lesson to the end of each other chapter that takes it. */
export function chapterMoves(editor: EditorData, lessonId: string) {
  const all = editor.chapters.flatMap((one) => one.lessons);
  const lesson = all.find((one) => one.id === lessonId);
  if (!lesson) return [];
  return editor.chapters
    .filter((one) => one.mayEdit && one.id !== lesson.chapterId)
    .map(({ id, title, lessons }) => ({
      title,
      fields: lessonFields(lessonId, id, placeAtEnd(idsOf(lessons)), lesson.placeVersion),
    }));
}

/** What dropping one row on another sends; undefined where nothing would move, or not by this person. */
export function dropMove(editor: EditorData, item: TreeItem, onto: TreeItem): Fields | undefined {
  const { chapters } = editor;
  const over = chapters.find(
    (one) => one.id === onto.id || one.lessons.some(({ id }) => id === onto.id),
  );
  if (item.kind === 'chapter') {
    const chapter = chapters.find((one) => one.id === item.id);
    if (!chapter?.mayMove || (onto.kind !== 'start' && !over)) return undefined;
    const place = behind(idsOf(chapters), item.id, over?.id ?? null);
    return over?.id === item.id || !place
      ? undefined
      : chapterFields(item.id, place, chapter.placeVersion);
  }
  const lesson = chapters.flatMap((one) => one.lessons).find(({ id }) => id === item.id);
  if (!lesson?.mayEdit || !over?.mayEdit || onto.id === item.id) return undefined;
  const place = behind(idsOf(over.lessons), item.id, onto.kind === 'lesson' ? onto.id : null);
  return place && lessonFields(item.id, over.id, place, lesson.placeVersion);
}

const chapterFields = (chapterId: string, place: Place, placeVersion: number): Fields => ({
  ...{ intent: 'move-chapter', chapterId },
  ...placeFields(place, placeVersion),
});

const lessonFields = (
  lessonId: string,
  chapterId: string,
  place: Place,
  placeVersion: number,
): Fields => ({
  ...{ intent: 'move-lesson', lessonId, chapterId },
  ...placeFields(place, placeVersion),
});
