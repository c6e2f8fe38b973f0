import type { ReactNode } from 'react';
import { IconAlertTriangle, IconCheck, IconClock, IconCloudUpload } from './icons';

/** How something stands; the tone brings its icon, so that colour is never alone. */
export type Tone = 'done' | 'pending' | 'wrong' | 'transit' | 'plain';

const ICONS = {
  done: IconCheck,
  pending: IconClock,
  wrong: IconAlertTriangle,
  transit: IconCloudUpload,
  plain: undefined,
};

/** `plainWord` leaves the icon out, for states such as *running* that no icon of a tone fits. */
export function Badge(props: { tone: Tone; plainWord?: boolean; children: ReactNode }) {
  const Icon = props.plainWord ? undefined : ICONS[props.tone];
  return (
    <span className={`badge ${props.tone}`}>
      {Icon ? <Icon size={14} aria-hidden="true" /> : null}
      {props.children}
    </span>
  );
}
