import { useEffect, useRef, useState } from 'react';

interface StoredLesson {
  title: string;
  authorId: string;
  plannedMinutes: number | null;
  version: number;
}

/**
 * The state of a lesson's title, author and planned length in the form: which version they are based on, and whether
 * they have changed since. The base moves on with an own save, and with changes that leave them alone
 * (another video); when a colleague saved, an untouched form calls `onOutdated`, and a touched one keeps
 * its base, so that saving it is refused and shows both.
 */
export function useLessonForm(
  lesson: StoredLesson,
  startVersion: number,
  savedVersion: number | undefined,
  onOutdated: () => void,
) {
  const [base, setBase] = useState(() => ({ ...lesson, version: startVersion }));
  const [changed, setChanged] = useState(false);
  const outdated = useRef(onOutdated);
  outdated.current = onOutdated;

  useEffect(() => {
    if (savedVersion === undefined) return;
    setBase((now) => ({ ...now, version: Math.max(now.version, savedVersion) }));
    setChanged(false);
  }, [savedVersion]);

  useEffect(() => {
    if (lesson.version <= base.version) return;
    const same =
      lesson.title === base.title &&
      lesson.authorId === base.authorId &&
      lesson.plannedMinutes === base.plannedMinutes;
    if (same) setBase(lesson);
    else if (!changed) outdated.current();
  }, [lesson, base, changed]);

  return { version: base.version, unsaved: changed, touch: () => setChanged(true) };
}
