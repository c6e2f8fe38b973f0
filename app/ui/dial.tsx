import type { ReactNode } from 'react';

const RADIUS = 82;
const GAP = 2.6;

function point(radius: number, degrees: number): string {
  const turn = ((degrees - 90) * Math.PI) / 180;
  return `${(100 + radius * Math.cos(turn)).toFixed(2)} ${(100 + radius * Math.sin(turn)).toFixed(2)}`;
}

function arcs(from: number, to: number, step: number): string {
  let path = '';
  for (let start = from; start < to - 0.01; start += step) {
    const end = Math.min(start + step, to);
    const last = end - start < step ? end : end - GAP / 2;
    if (last <= start + GAP / 2) continue;
    const large = last - start - GAP / 2 > 180 ? 1 : 0;
    path += `M${point(RADIUS, start + GAP / 2)}A${RADIUS} ${RADIUS} 0 ${large} 1 ${point(RADIUS, last)}`;
  }
  return path;
}

/** A graduated ring: one segment a unit up to 30 (a tenth of one below 3), else 24; `label` carries the numbers for screen readers. */
export function Dial(props: {
  value: number;
  total: number;
  label: string;
  size?: number;
  children?: ReactNode;
}) {
  const { value, total, label, size = 136, children } = props;
  const units = total < 3 ? Math.round(total * 10) : Math.ceil(total);
  const segments = units > 0 && units <= 30 ? units : 24;
  const step = 360 / segments;
  const reached = 360 * (total > 0 ? Math.min(1, Math.max(0, value / total)) : 0);
  const ticks = Array.from({ length: 24 }, (_, n) => n * 15)
    .map((degrees) => `M${point(93.5, degrees)}L${point(degrees % 90 === 0 ? 99 : 96.5, degrees)}`)
    .join('');
  const pointer = `M${point(70, reached)}L${point(99, reached)}`;
  return (
    <div className="dial" role="img" aria-label={label} style={{ width: size, height: size }}>
      <svg viewBox="0 0 200 200" width={size} height={size} fill="none" aria-hidden="true">
        <path d={ticks} stroke="#9AA49D" strokeWidth="1.5" />
        <path d={arcs(0, 360, step)} stroke="#DDE3DC" strokeWidth="15" />
        <path d={arcs(0, reached, step)} stroke="#175646" strokeWidth="15" />
        <path d={pointer} stroke="#fff" strokeWidth="7" />
        <path d={pointer} stroke="#D9531E" strokeWidth="3.6" />
      </svg>
      <div className="inside" aria-hidden="true">
        {children}
      </div>
    </div>
  );
}
