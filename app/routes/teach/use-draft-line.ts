import { useEffect, useRef, useState } from 'react';
import { DraftLine, type DraftNews } from './draft-line';
import { exchangeAt } from './live-line';

const NOTHING: DraftNews = { marks: undefined, people: [] };

/** Follows a course's draft for as long as the component lives, and says that this page is `at` a part of it. */
export function useDraftLine(courseId: string, at: string | null): DraftNews {
  const [news, setNews] = useState(NOTHING);
  const open = useRef<DraftLine>();
  useEffect(() => {
    const line = new DraftLine(exchangeAt(`/api/course-drafts/${courseId}`), setNews);
    open.current = line;
    const online = () => line.dial();
    const offline = () => line.hangUp();
    window.addEventListener('online', online);
    window.addEventListener('offline', offline);
    line.dial();
    return () => {
      window.removeEventListener('online', online);
      window.removeEventListener('offline', offline);
      line.end();
      setNews(NOTHING);
    };
  }, [courseId]);
  useEffect(() => open.current?.goTo(at), [courseId, at]);
  return news;
}
