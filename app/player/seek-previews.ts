import type Player from 'video.js/dist/types/player';
import { parsePreviews, previewAt, type Preview } from '~/domain/media/preview-cues';
import { clockTime } from '~/i18n/durations';

/** Thumbnails over the seek bar while it is pointed at or dragged; none where there are none or they do not come. */
export function showPreviews(player: Player, url: string): void {
  const control = player.el().querySelector<HTMLElement>('.vjs-progress-control');
  const holder = player.el().querySelector<HTMLElement>('.vjs-progress-holder');
  if (!control || !holder) return;
  const box = document.createElement('div');
  box.className = 'vjs-preview';
  box.setAttribute('aria-hidden', 'true');
  const picture = document.createElement('div');
  const time = document.createElement('span');
  box.append(picture, time);
  control.append(box);
  let previews: Promise<Preview[]> | undefined;
  const load = async () => {
    const answer = await fetch(url);
    return answer.ok ? parsePreviews(await answer.text()) : [];
  };
  const show = async (event: PointerEvent) => {
    const bar = holder.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - bar.left) / bar.width));
    const atMs = share * (player.duration() ?? 0) * 1000;
    // Asked for at the first touch: whoever never seeks pays nothing.
    previews ??= load().catch(() => []);
    const preview = previewAt(await previews, atMs);
    if (!preview) return;
    const { width, height, x, y, sheet } = preview;
    picture.style.width = `${width}px`;
    picture.style.height = `${height}px`;
    picture.style.backgroundImage = `url("${new URL(sheet, new URL(url, location.href)).pathname}")`;
    picture.style.backgroundPosition = `-${x}px -${y}px`;
    time.textContent = clockTime(atMs);
    const most = Math.max(0, bar.width - width);
    box.style.left = `${Math.min(most, Math.max(0, share * bar.width - width / 2))}px`;
    box.classList.add('vjs-preview-shown');
    player.addClass('vjs-previews');
  };
  const hide = () => box.classList.remove('vjs-preview-shown');
  control.addEventListener('pointermove', (event) => void show(event));
  control.addEventListener('pointerdown', (event) => void show(event));
  for (const event of ['pointerleave', 'pointerup', 'pointercancel']) {
    control.addEventListener(event, hide);
  }
}
