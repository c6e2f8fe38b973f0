/** The usual length of a planned class hour: 45 minutes (Hunan human-resources bureau notice, 2022-06-07). */
export const CLASS_HOUR_MS = 45 * 60_000;

/** Planned class hours of that much video, to a tenth; anything at all is at least 0.1. */
export function plannedClassHours(durationMs: number): string {
  const tenths = Math.round((durationMs * 10) / CLASS_HOUR_MS);
  return (Math.max(tenths, durationMs > 0 ? 1 : 0) / 10).toFixed(1);
}
