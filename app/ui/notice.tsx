import type { ReactNode } from 'react';
import type { Tone } from './badge';
import { IconAlertCircle, IconCircleCheck, IconClock, IconInfoCircle } from './icons';

const ICONS = {
  done: IconCircleCheck,
  pending: IconClock,
  wrong: IconAlertCircle,
  transit: IconInfoCircle,
  plain: IconInfoCircle,
};

/** A note in the page: what happened, what was kept, what to do. A wrong one is read aloud at once. */
export function Notice(props: { tone: Tone; children: ReactNode }) {
  const Icon = ICONS[props.tone];
  return (
    <div className={`notice ${props.tone}`} role={props.tone === 'wrong' ? 'alert' : 'status'}>
      <Icon size={20} aria-hidden="true" />
      <div>{props.children}</div>
    </div>
  );
}
