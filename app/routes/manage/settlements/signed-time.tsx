import { ExactTime } from '../class-hours/exact-time';

/** Exact time that may lie below zero. */
export function SignedTime({ ms }: { ms: number }) {
  return (
    <span className="nowrap">
      {ms < 0 ? '−' : ''}
      <ExactTime ms={Math.abs(ms)} />
    </span>
  );
}
