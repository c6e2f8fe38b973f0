import type { ReactNode } from 'react';
import type { Tone } from './badge';
import {
  IconAlertCircle,
  IconCircleCheck,
  IconClock,
  IconCloudUpload,
  IconPlayerPause,
  IconWifiOff,
} from './icons';

const ICONS = {
  done: IconCircleCheck,
  pending: IconClock,
  wrong: IconAlertCircle,
  transit: IconCloudUpload,
  plain: IconPlayerPause,
};

/** One 48 px line: icon, word and colour change together; `aside` is a figure or one action. */
export function StatusLine(props: {
  tone: Tone;
  children: ReactNode;
  aside?: ReactNode;
  offline?: boolean;
}) {
  const Icon = props.offline ? IconWifiOff : ICONS[props.tone];
  return (
    <div className={`status-line ${props.tone}`}>
      <Icon size={20} aria-hidden="true" />
      <span className="says" role="status">
        {props.children}
      </span>
      {props.aside ? <span className="aside">{props.aside}</span> : null}
    </div>
  );
}
