import type Player from 'video.js/dist/types/player';
import type { Section } from '~/domain/media/sections';

/** Marks on the seek bar where a section of the lesson begins. */
export function markSections(player: Player, sections: readonly Section[], durationMs: number) {
  const bar = player.el().querySelector('.vjs-progress-holder');
  if (!bar || durationMs <= 0) return;
  for (const { atMs, title } of sections) {
    if (atMs <= 0 || atMs >= durationMs) continue;
    const mark = document.createElement('span');
    mark.className = 'vjs-section-mark';
    mark.title = title;
    mark.style.left = `${((100 * atMs) / durationMs).toFixed(3)}%`;
    bar.append(mark);
  }
}
