import { useEffect, useRef, useState } from 'react';
import { forgetKept, keepText, readKept } from './kept-text';

/** Under which name a lesson's unsaved text is kept. */
export const keptName = (lessonId: string) => `lesson ${lessonId}`;

interface StoredLesson {
  id: string;
  title: string;
  authorId: string;
  articleHtml: string;
  version: number;
}

/** A save that went through: its new version and the text it carried. */
interface Saved {
  version: number;
  text: string;
}

/**
 * The state of a lesson's text in the form: which version it is based on, whether it has changed
 * since, and what was found from an earlier visit. The base moves on with an own save, and with
 * changes that leave title, author and text alone (another video); when a colleague saved, an
 * untouched form calls `onOutdated`, and a touched one keeps its base, so that saving it is refused
 * and shows both.
 */
export function useLessonText(
  lesson: StoredLesson,
  start: { version: number; text: string },
  saved: Saved | undefined,
  onOutdated: () => void,
) {
  const name = keptName(lesson.id);
  const [base, setBase] = useState(() => ({ ...lesson, version: start.version }));
  const [found, setFound] = useState<string>();
  const [changed, setChanged] = useState(false);
  const text = useRef(start.text);
  const outdated = useRef(onOutdated);
  outdated.current = onOutdated;

  const first = useRef({ lesson, name });
  useEffect(() => {
    const kept = readKept(first.current.name);
    const { articleHtml, version } = first.current.lesson;
    if (!kept || kept.text === articleHtml) return forgetKept(first.current.name);
    text.current = kept.text;
    setFound(kept.text);
    setBase((now) => ({
      ...now,
      articleHtml: kept.base,
      version: kept.base === articleHtml ? version : kept.version,
    }));
  }, []);

  const savedVersion = saved?.version;
  const savedText = saved?.text;
  useEffect(() => {
    if (savedVersion === undefined || savedText === undefined) return;
    setBase((now) => ({ ...now, version: Math.max(now.version, savedVersion) }));
    setFound(undefined);
    if (text.current !== savedText) return;
    setChanged(false);
    forgetKept(name);
  }, [savedVersion, savedText, name]);

  useEffect(() => {
    if (lesson.version <= base.version) return;
    const same =
      lesson.articleHtml === base.articleHtml &&
      lesson.title === base.title &&
      lesson.authorId === base.authorId;
    if (same) setBase(lesson);
    else if (!changed && found === undefined) outdated.current();
  }, [lesson, base, changed, found]);

  return {
    version: base.version,
    found,
    unsaved: changed || found !== undefined,
    touch: () => setChanged(true),
    type: (next: string) => {
      text.current = next;
      setChanged(true);
      keepText(name, { version: base.version, base: base.articleHtml, text: next });
    },
    drop: () => {
      forgetKept(name);
      outdated.current();
    },
  };
}
