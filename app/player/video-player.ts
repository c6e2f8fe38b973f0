import './no-style-elements';
import videojs from 'video.js';
import chinese from 'video.js/dist/lang/zh-CN.json';
import 'video.js/dist/video-js.css';
import './video-player.css';
import type { Quality } from '~/domain/media/quality';
import type { Section } from '~/domain/media/sections';
import { rememberCaptions } from './remembered-captions';
import { listenForKeys } from './keys';
import { shareMediaSession, type PlayedLesson } from './media-session';
import { MediaRequest, type Done, type Wanted } from './media-request';
import { leavesOutWhatPlays, limitRenditions } from './limit-renditions';
import { addQualityMenu, type QualityMenu, type ShownQuality } from './quality-button';
import { holdScreen } from './screen';
import { showPreviews } from './seek-previews';
import { markSections } from './seek-marks';
import { speedsUpTo } from './speeds';

export interface VideoSource {
  playlist: string;
  /** The playlist of the sound alone; null where there is none. */
  audio: string | null;
  poster: string;
  /** The thumbnails along the seek bar; null where there are none. */
  previews: string | null;
  captions: readonly { url: string; language: string; label: string }[];
  sections: readonly Section[];
}

export interface VideoPlayer {
  video: HTMLVideoElement;
  /** Loads the source again from where it stood, and plays. */
  retry: () => void;
  play: () => Promise<void>;
  seekTo: (ms: number) => void;
  /** Where to begin after all, while nothing was played yet: a moment that is near is left as it is. */
  resumeAt: (ms: number) => void;
  /** The fastest the class allows. */
  limitSpeed: (maxSpeed: number) => void;
  /** Plays in another quality from where it stands. */
  setQuality: (quality: Quality) => void;
  dispose: () => void;
}

export interface VideoOptions {
  source: VideoSource;
  startAtMs: number;
  maxSpeed: number;
  locale: 'zh' | 'en';
  label: string;
  quality: Quality;
  /** The menu of qualities; without it there is none, nor where the system itself chooses. */
  qualities?: { title: string; choices: readonly ShownQuality[] };
  /** What the lock screen shows; without it the player stays off it. */
  lesson?: PlayedLesson;
  onQuality?: (quality: Quality) => void;
  onFailure: (failed: boolean) => void;
  /** It was played to its end, or is played again. */
  onEnded?: (ended: boolean) => void;
}

// Tencent's browsers (WeChat) would lift the video out of the page into a player of their own, under which
// nothing is counted and no question can be asked.
const IN_PAGE = {
  playsinline: '',
  'webkit-playsinline': '',
  'x5-playsinline': '',
  'x5-video-player-type': 'h5-page',
  'x5-video-player-fullscreen': 'false',
  'x5-video-orientation': 'landscape|portrait',
  'x-webkit-airplay': 'allow',
};

/** Two memories of one place, the page's and the session's, differ by less. */
const NEAR_MS = 1000;

/** Safari plays HLS by itself and chooses the rendition by itself. */
const NATIVE = videojs.browser.IS_ANY_SAFARI;

const { Vhs } = videojs as unknown as {
  Vhs: { xhr: (wanted: Wanted, done: Done) => MediaRequest };
};
Vhs.xhr = (wanted, done) => new MediaRequest(wanted, done);

/** Puts a video.js player into the element; it loads from `startAtMs` and plays once the caller says so. */
export function mountVideo(stage: HTMLElement, options: VideoOptions): VideoPlayer {
  const { source } = options;
  let { maxSpeed } = options;
  const video = document.createElement('video');
  video.className = 'video-js';
  for (const [name, value] of Object.entries(IN_PAGE)) video.setAttribute(name, value);
  video.setAttribute('aria-label', options.label);
  stage.append(video);
  videojs.addLanguage('zh', {
    ...chinese,
    Captions: '字幕',
    'captions off': '不要字幕',
    'Skip Backward': '快退',
    'Skip Forward': '快进',
  });
  const player = videojs(video, {
    controls: true,
    preload: 'auto',
    poster: source.poster,
    language: options.locale,
    fill: true,
    // A lesson's page has a button of its own.
    bigPlayButton: options.lesson === undefined,
    errorDisplay: false,
    textTrackSettings: false,
    experimentalSvgIcons: true,
    playbackRates: speedsUpTo(maxSpeed),
    // Keys are those of the page: app/player/keys.ts.
    userActions: { hotkeys: false },
    html5: {
      vhs: {
        overrideNative: !NATIVE,
        // A picture soon, a better one when the line has shown that it carries it.
        enableLowInitialPlaylist: true,
        customPixelRatio: Math.min(window.devicePixelRatio, 2),
      },
      nativeTextTracks: NATIVE,
      // Captions come when they are shown: on a slow line each request counts.
      preloadTextTracks: false,
    },
    controlBar: { remainingTimeDisplay: false, volumePanel: { inline: false } },
  });
  let quality = options.quality;
  let startAtMs = options.startAtMs;
  const isLoaded = () => video.readyState >= 1;
  const seekTo = (ms: number) => {
    startAtMs = ms;
    if (isLoaded()) player.currentTime(ms / 1000);
  };
  const load = (atMs: number) => {
    startAtMs = atMs;
    const sound = quality === 'audio' && source.audio !== null;
    void player.audioPosterMode(sound);
    player.src({
      src: sound ? source.audio : source.playlist,
      type: 'application/vnd.apple.mpegurl',
    });
    // Where the element is told before it has loaded anything, the first segment asked for is the right one.
    player.one('loadstart', () => {
      video.currentTime = startAtMs / 1000;
    });
    player.one('loadedmetadata', () => {
      if (Math.abs(video.currentTime * 1000 - startAtMs) >= NEAR_MS) seekTo(startAtMs);
      limitRenditions(player, quality);
    });
  };
  for (const { url, language, label } of source.captions)
    player.addRemoteTextTrack({ kind: 'captions', src: url, srclang: language, label }, true);
  rememberCaptions(player);
  player.on('error', () => options.onFailure(true));
  player.on('playing', () => {
    options.onFailure(false);
    options.onEnded?.(false);
  });
  player.on('ended', () => options.onEnded?.(true));
  player.on('ratechange', () => {
    if (video.playbackRate > maxSpeed) player.playbackRate(maxSpeed);
  });
  const again = (playing: boolean) => {
    const from = isLoaded() ? video.currentTime * 1000 : startAtMs;
    player.error(null);
    load(from);
    if (playing) void player.play();
  };
  const setQuality = (wanted: Quality) => {
    if (wanted === quality) return;
    const sourceChanges = (wanted === 'audio') !== (quality === 'audio');
    quality = wanted;
    menu?.show(wanted);
    if (sourceChanges || leavesOutWhatPlays(player, wanted)) again(!player.paused());
    else limitRenditions(player, wanted);
  };
  const { qualities } = options;
  let menu: QualityMenu | undefined;
  const choose = (wanted: Quality) => {
    setQuality(wanted);
    options.onQuality?.(wanted);
  };
  if (qualities && !NATIVE && qualities.choices.length > 1) {
    menu = addQualityMenu(player, { ...qualities, chosen: quality, choose });
  }
  player.one('loadedmetadata', () =>
    markSections(player, source.sections, (player.duration() ?? 0) * 1000),
  );
  if (source.previews) showPreviews(player, source.previews);
  const ends = [
    listenForKeys(player, () => player.hasClass('vjs-has-started')),
    options.lesson ? shareMediaSession(player, options.lesson) : () => undefined,
    holdScreen(player),
  ];
  load(options.startAtMs);
  return {
    video,
    retry: () => again(true),
    play: async () => {
      // What was fetched ahead may have failed meanwhile.
      if (player.error()) again(false);
      await player.play();
    },
    seekTo,
    resumeAt: (ms) => {
      const at = isLoaded() ? video.currentTime * 1000 : startAtMs;
      if (Math.abs(at - ms) >= NEAR_MS) seekTo(ms);
    },
    limitSpeed: (fastest) => {
      maxSpeed = fastest;
      player.playbackRates(speedsUpTo(fastest));
    },
    setQuality,
    dispose: () => {
      for (const end of ends) end();
      player.dispose();
    },
  };
}
