import { useState, type ReactNode } from 'react';
import css from './drop-zone.module.css';

/** What file pickers offer first; a file that is none is told so when it is looked into. */
export const ACCEPTED_VIDEOS = 'video/*,.mkv,.avi,.mov,.mts,.m2ts,.ts,.flv,.wmv,.3gp';

/** Where files are let fall: the buttons that pick them instead, and what is said meanwhile. */
export function DropZone(props: {
  onDrop: (dropped: DataTransfer) => void;
  hint: string;
  hintOver: string;
  centred?: boolean;
  children: ReactNode;
}) {
  const [over, setOver] = useState(false);
  const { centred = false, hint, hintOver } = props;
  return (
    <div
      className={`${css.drop} ${centred ? css.centred : ''} ${over ? css.over : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        props.onDrop(event.dataTransfer);
      }}
    >
      {props.children}
      <span className="second small">{over ? hintOver : hint}</span>
    </div>
  );
}
