const MINUTE = 60_000;

export interface StripProps {
  durationMs: number;
  /** What is counted, as half-open ranges of the media. */
  counted: readonly (readonly [number, number])[];
  /** Played but not counted: hatched. */
  uncounted?: readonly (readonly [number, number])[];
  /** Where the learner is. */
  atMs?: number;
  /** The numbers in words, for screen readers. */
  label: string;
  /** The unit behind the first label, such as 分. */
  unit: string;
  onGreen?: boolean;
}

/** Every minute a tick, under three minutes every ten seconds, over an hour every five minutes. */
function tickStep(durationMs: number): number {
  if (durationMs <= 3 * MINUTE) return MINUTE / 6;
  return durationMs <= 60 * MINUTE ? MINUTE : 5 * MINUTE;
}

function labelStep(durationMs: number): number {
  if (durationMs <= 3 * MINUTE) return MINUTE;
  if (durationMs <= 12 * MINUTE) return 2 * MINUTE;
  return durationMs <= 60 * MINUTE ? 10 * MINUTE : 30 * MINUTE;
}

function endLabel(durationMs: number): string {
  const seconds = Math.round(durationMs / 1000);
  const rest = seconds % 60;
  const minutes = Math.floor(seconds / 60);
  return rest === 0 ? String(minutes) : `${minutes}:${String(rest).padStart(2, '0')}`;
}

/** Gaps too narrow to be seen would only look like scratches; the figures beside the ruler know them. */
function joined(ranges: StripProps['counted'], durationMs: number): [number, number][] {
  const drawn: [number, number][] = [];
  for (const [from, to] of ranges) {
    const last = drawn[drawn.length - 1];
    if (last && from - last[1] < durationMs / 300) last[1] = to;
    else drawn.push([from, to]);
  }
  return drawn;
}

/** One lesson as a ruler: counted solid, played but not counted hatched, one pointer. */
export function Strip(props: StripProps) {
  const { durationMs, counted, uncounted = [], atMs, label, unit, onGreen } = props;
  if (durationMs <= 0) return null;
  const percent = (ms: number) => `${((100 * Math.min(ms, durationMs)) / durationMs).toFixed(3)}%`;
  const part = (kind: string) => (range: readonly [number, number]) => (
    <span
      key={`${kind}${range[0]}`}
      className={kind}
      style={{ left: percent(range[0]), width: percent(range[1] - range[0]) }}
    />
  );
  const step = tickStep(durationMs);
  const every = labelStep(durationMs);
  const labels: number[] = [];
  for (let ms = every; ms < durationMs * 0.86; ms += every) labels.push(ms);
  return (
    <div className={onGreen ? 'strip on-green' : 'strip'} role="img" aria-label={label}>
      <div className="bar">
        {uncounted.map(part('uncounted'))}
        {joined(counted, durationMs).map(part('counted'))}
        {atMs === undefined ? null : <span className="pointer" style={{ left: percent(atMs) }} />}
      </div>
      <div
        className="ticks"
        style={{ backgroundSize: `${percent(step)} 3px, ${percent(step * 5)} 6px` }}
      />
      <div className="labels" aria-hidden="true">
        <span>0 {unit}</span>
        {labels.map((ms) => (
          <span key={ms} style={{ left: percent(ms) }}>
            {ms / MINUTE}
          </span>
        ))}
        <span>{endLabel(durationMs)}</span>
      </div>
    </div>
  );
}
