/** How many stills of a video its authors choose the poster from. */
export const POSTERS = 4;

const LATEST_FIRST_SECONDS = 60;

/** The moments, in s, of the stills to choose from; the first is shown until somebody chooses. */
export function posterMoments(durationMs: number): number[] {
  const seconds = durationMs / 1000;
  const first = Math.min(seconds * 0.1, LATEST_FIRST_SECONDS);
  return [first, seconds * 0.3, seconds * 0.55, seconds * 0.8];
}

/** The still's file under its media, from 1. */
export function posterFile(number: number): string {
  return `poster-${number}.jpg`;
}
