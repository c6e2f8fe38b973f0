import { recoverOpenStretches } from './send-leftovers';
import { openBeatQueue } from './stored-beat-queue';
import { Study, type InitialView, type StudyView } from './study';
import type { Device } from './study-device';
import { watchApi } from './watch-api';

const device: Device = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  visible: () =>
    document.visibilityState === 'visible' || document.pictureInPictureElement !== null,
  every: (ms, work) => {
    const timer = setInterval(work, ms);
    return () => clearInterval(timer);
  },
  after: (ms, work) => void setTimeout(work, ms),
  beacon: (path, body) => {
    navigator.sendBeacon(path, new Blob([body], { type: 'application/json' }));
  },
};

const MEDIA_EVENTS = [
  'play',
  'playing',
  'pause',
  'waiting',
  'seeking',
  'seeked',
  'ratechange',
  'ended',
  'enterpictureinpicture',
  'leavepictureinpicture',
];

export interface StartedStudy {
  study: Study;
  /** Records this element from now on. */
  record: (video: HTMLVideoElement) => void;
  dispose: () => void;
}

/** Prepares the study of one lesson on this device; opens no session yet. */
export async function startStudy(options: {
  learnerId: string;
  enrollmentId: string;
  lessonId: string;
  countsHidden: boolean;
  initial: InitialView;
  show: (view: StudyView) => void;
}): Promise<StartedStudy> {
  const { learnerId } = options;
  const { queue, durable } = await openBeatQueue();
  await recoverOpenStretches(learnerId, queue);
  const leftovers = await queue.list(learnerId);
  const study = new Study({ ...options, queue, durable, leftovers, api: watchApi, device });
  const stop = new AbortController();
  const { signal } = stop;
  const sample = () => study.sample();
  document.addEventListener(
    'visibilitychange',
    () => {
      sample();
      if (document.visibilityState === 'hidden') study.beacon();
    },
    { signal },
  );
  window.addEventListener('pagehide', () => study.leave(), { signal });
  window.addEventListener('pageshow', sample, { signal });
  window.addEventListener('online', () => study.sendNow(), { signal });
  return {
    study,
    record: (video) => {
      for (const event of MEDIA_EVENTS) video.addEventListener(event, sample, { signal });
      study.attach(video);
    },
    dispose: () => {
      study.dispose();
      stop.abort();
    },
  };
}
