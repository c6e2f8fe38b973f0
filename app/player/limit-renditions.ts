import type Player from 'video.js/dist/types/player';
import { heightsFor, type Quality } from '~/domain/media/quality';

interface Representation {
  height?: number;
  enabled(on: boolean): void;
}

function listRenditions(player: Player): Representation[] {
  const tech = player.tech(true) as unknown as {
    vhs?: { representations?: () => Representation[] };
  };
  return tech.vhs?.representations?.() ?? [];
}

const heightsOf = (renditions: readonly Representation[]) =>
  renditions.flatMap(({ height }) => (height === undefined ? [] : [height]));

/** Leaves the renditions of the choice to play from; where the system itself plays HLS, it chooses. */
export function limitRenditions(player: Player, quality: Quality): void {
  const all = listRenditions(player);
  const wanted = heightsFor(quality, heightsOf(all));
  const isWanted = ({ height }: Representation) => height === undefined || wanted.includes(height);
  // Never none at all on the way.
  for (const one of all.filter(isWanted)) one.enabled(true);
  for (const one of all.filter((each) => !isWanted(each))) one.enabled(false);
}

/**
 * Whether the choice leaves out the picture that plays. video.js (VHS 3.17) plays on to the end of what it has
 * buffered then, half a minute and more: its source must be loaded anew.
 */
export function leavesOutWhatPlays(player: Player, quality: Quality): boolean {
  const wanted = heightsFor(quality, heightsOf(listRenditions(player)));
  const played = player.videoHeight();
  return wanted.length > 0 && (Math.max(...wanted) < played || Math.min(...wanted) > played);
}
