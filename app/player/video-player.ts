import './no-style-elements';
import videojs from 'video.js';
import chinese from 'video.js/dist/lang/zh-CN.json';
import 'video.js/dist/video-js.css';
import './video-player.css';
import { speedsUpTo } from './speeds';

export interface VideoSource {
  playlist: string;
  poster: string;
  captions: readonly { url: string; language: string; label: string }[];
}

export interface VideoPlayer {
  video: HTMLVideoElement;
  /** Loads the source again from where it stood, and plays. */
  retry: () => void;
  dispose: () => void;
}

/** Puts a video.js player into the element; it starts at `startAtMs` and plays once the caller says so. */
export function mountVideo(
  stage: HTMLElement,
  options: {
    source: VideoSource;
    startAtMs: number;
    maxSpeed: number;
    locale: 'zh' | 'en';
    label: string;
    onFailure: (failed: boolean) => void;
  },
): VideoPlayer {
  const { source, maxSpeed } = options;
  const video = document.createElement('video');
  video.className = 'video-js';
  video.setAttribute('playsinline', '');
  video.setAttribute('aria-label', options.label);
  stage.append(video);
  videojs.addLanguage('zh', { ...chinese, 'Skip Backward': '快退', 'Skip Forward': '快进' });
  const player = videojs(video, {
    controls: true,
    preload: 'auto',
    poster: source.poster,
    language: options.locale,
    fill: true,
    bigPlayButton: false,
    errorDisplay: false,
    experimentalSvgIcons: true,
    playbackRates: speedsUpTo(maxSpeed),
    userActions: { hotkeys: true },
    html5: { vhs: { overrideNative: !videojs.browser.IS_ANY_SAFARI } },
    controlBar: { remainingTimeDisplay: false, volumePanel: { inline: false } },
  });
  const load = (atMs: number) => {
    player.src({ src: source.playlist, type: 'application/vnd.apple.mpegurl' });
    player.one('loadedmetadata', () => {
      player.currentTime(atMs / 1000);
    });
  };
  for (const { url, language, label } of source.captions)
    player.addRemoteTextTrack({ kind: 'captions', src: url, srclang: language, label }, false);
  player.on('error', () => options.onFailure(true));
  player.on('playing', () => options.onFailure(false));
  player.on('ratechange', () => {
    if (video.playbackRate > maxSpeed) player.playbackRate(maxSpeed);
  });
  load(options.startAtMs);
  return {
    video,
    retry: () => {
      const atMs = video.currentTime * 1000;
      player.error(null);
      load(atMs);
      void player.play();
    },
    dispose: () => player.dispose(),
  };
}
