import { IconCheck } from './icons';
import { Link } from './link';

export interface LessonRow {
  id: string;
  to: string;
  title: string;
  /** 0 to 1; 1 shows the tick only when `complete`. */
  done: number;
  complete: boolean;
  current?: boolean;
  /** The state in words, for screen readers. */
  stateWord: string;
  aside: string;
}

/** Lessons under one another: a ring that fills, the title, a figure; the current one with the pointer. */
export function LessonRows({ rows }: { rows: readonly LessonRow[] }) {
  return (
    <ol className="lesson-rows">
      {rows.map((row) => (
        <li key={row.id}>
          <Link to={row.to} aria-current={row.current ? 'page' : undefined}>
            <Ring done={row.done} complete={row.complete} />
            <span className="visually-hidden">{row.stateWord}</span>
            <span className="title">{row.title}</span>
            <span className="aside">{row.aside}</span>
          </Link>
        </li>
      ))}
    </ol>
  );
}

const AROUND = 2 * Math.PI * 9.5;

function Ring({ done, complete }: { done: number; complete: boolean }) {
  if (complete)
    return (
      <span className="ring complete" aria-hidden="true">
        <IconCheck size={16} />
      </span>
    );
  const part = Math.min(1, done);
  return (
    <svg className="ring" viewBox="0 0 24 24" width="24" height="24" fill="none" aria-hidden="true">
      {part > 0 ? (
        <>
          <circle cx="12" cy="12" r="9.5" stroke="#C5CDC4" strokeWidth="3" />
          <circle
            cx="12"
            cy="12"
            r="9.5"
            stroke="#175646"
            strokeWidth="3"
            strokeDasharray={`${(part * AROUND).toFixed(2)} ${AROUND.toFixed(2)}`}
            transform="rotate(-90 12 12)"
          />
        </>
      ) : (
        <circle cx="12" cy="12" r="10.5" stroke="#7E8A83" strokeWidth="1.75" />
      )}
    </svg>
  );
}
