/** How the thumbnails along the seek bar are laid out on their sheets. */
export interface PreviewPlan {
  everySeconds: number;
  count: number;
  /** Of one thumbnail, in pixels. */
  width: number;
  height: number;
  columns: number;
  rows: number;
}

const CLOSEST_SECONDS = 5;
const MOST_PREVIEWS = 600;
const MOST_IN_ROW = 10;
const LONG_SIDE = 160;

/** A thumbnail every 5 s, wider apart in films of more than 50 minutes. Length in ms, size in pixels. */
export function planPreviews(film: {
  durationMs: number;
  width: number;
  height: number;
}): PreviewPlan {
  const closest = Math.ceil(film.durationMs / (CLOSEST_SECONDS * 1000));
  const everySeconds = CLOSEST_SECONDS * Math.max(1, Math.ceil(closest / MOST_PREVIEWS));
  const count = Math.max(1, Math.ceil(film.durationMs / (everySeconds * 1000)));
  const scale = LONG_SIDE / Math.max(film.width, film.height);
  const even = (length: number) => Math.max(2, Math.round((length * scale) / 2) * 2);
  const columns = Math.min(count, MOST_IN_ROW);
  const rows = Math.min(Math.ceil(count / columns), MOST_IN_ROW);
  return { everySeconds, count, width: even(film.width), height: even(film.height), columns, rows };
}

export function previewSheet(number: number): string {
  return `previews-${number}.jpg`;
}

/** WebVTT whose cues name the part of a sheet to show; only of the `sheets` that there are. */
export function writePreviews(plan: PreviewPlan, durationMs: number, sheets: number): string {
  const onSheet = plan.columns * plan.rows;
  const shown = Math.min(plan.count, sheets * onSheet);
  const cues = Array.from({ length: shown }, (_, n) => {
    const place = n % onSheet;
    const x = (place % plan.columns) * plan.width;
    const y = Math.floor(place / plan.columns) * plan.height;
    const from = n * plan.everySeconds * 1000;
    const to = n === shown - 1 ? durationMs : from + plan.everySeconds * 1000;
    const sheet = previewSheet(Math.floor(n / onSheet) + 1);
    return `${cueTime(from)} --> ${cueTime(to)}\n${sheet}#xywh=${x},${y},${plan.width},${plan.height}`;
  });
  return `WEBVTT\n\n${cues.join('\n\n')}\n`;
}

function cueTime(ms: number): string {
  const whole = Math.floor(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60].map(two);
  return `${clock.join(':')}.${String(ms % 1000).padStart(3, '0')}`;
}
