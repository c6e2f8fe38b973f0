import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import type { MediaAhead } from '~/domain/media/media-ahead';
import { offeredQuality, type Quality, type QualityChoice } from '~/domain/media/quality';
import { asksToSaveData, rememberedQuality, rememberQuality } from './remembered-quality';
import { fetchAhead } from './fetched-ahead';
import type { PlayedLesson } from './media-session';
import type { ShownQuality } from './quality-button';
import type { StartedStudy } from './start-study';
import type { InitialView, StudyView } from './study';
import type { VideoPlayer, VideoSource } from './video-player';

export interface StudyOptions {
  learnerId: string;
  enrollmentId: string;
  lessonId: string;
  source: VideoSource;
  /** How playing begins; null where it is not known before the playlists are. */
  ahead: MediaAhead | null;
  maxSpeed: number;
  /** Whether the class counts what is played out of sight. */
  countsHidden: boolean;
  locale: 'zh' | 'en';
  label: string;
  choices: readonly QualityChoice[];
  qualities: { title: string; choices: readonly ShownQuality[] };
  lesson: PlayedLesson;
  /** Where to begin instead of where the learner left, in ms. */
  playFromMs: number | undefined;
  initial: InitialView;
}

/**
 * Studying one lesson. The page comes first; once it stands, the player and the first moments of the video are
 * fetched, so that play shows a picture soon. Nothing is counted before `play` opened a session. Mount the component
 * that uses it once per lesson (a `key`), so that leaving a lesson ends its recording.
 */
export function useStudy(stage: RefObject<HTMLElement>, options: StudyOptions) {
  const [view, setView] = useState<StudyView>({
    ...options.initial,
    status: 'idle',
    queuedMs: 0,
    presence: null,
  });
  const [begun, setBegun] = useState(false);
  const [ended, setEnded] = useState(false);
  const [ready, setReady] = useState(false);
  const [quality, setQuality] = useState<Quality>('auto');
  const study = useRef<Promise<StartedStudy> | undefined>(undefined);
  const player = useRef<Promise<VideoPlayer> | undefined>(undefined);
  const gone = useRef(false);
  const left = useRef<AbortController | undefined>(undefined);
  const latest = useRef({ options, quality, begun });
  latest.current = { options, quality, begun };

  const choose = useCallback((wanted: Quality) => {
    setQuality(wanted);
    rememberQuality(wanted);
    void player.current?.then((mounted) => mounted.setQuality(wanted)).catch(() => undefined);
  }, []);

  const prepareStudy = useCallback((): Promise<StartedStudy> => {
    study.current ??= import('./start-study')
      .then(({ startStudy }) => startStudy({ ...latest.current.options, show: setView }))
      .catch((error: unknown) => {
        study.current = undefined;
        throw error;
      });
    return study.current;
  }, []);

  const preparePlayer = useCallback((): Promise<VideoPlayer> => {
    player.current ??= import('./video-player')
      .then(({ mountVideo }) => {
        if (gone.current || !stage.current) throw new Error('the page was left');
        const { options: now, quality: wanted } = latest.current;
        return mountVideo(stage.current, {
          ...now,
          quality: wanted,
          startAtMs: now.playFromMs ?? now.initial.atMs,
          onQuality: choose,
          onEnded: setEnded,
          onFailure: (failed) => {
            // Before anything is played it will be tried again by itself.
            if (latest.current.begun) {
              void study.current?.then((started) => started.study.mediaFailed(failed));
            }
          },
        });
      })
      .catch((error: unknown) => {
        player.current = undefined;
        throw error;
      });
    return player.current;
  }, [choose, stage]);

  /** The first seconds, once. */
  const fetchFirst = useCallback(() => {
    const { source, ahead } = latest.current.options;
    if (left.current || gone.current || !ahead || latest.current.quality === 'audio') return;
    left.current = new AbortController();
    fetchAhead(source.playlist, ahead, left.current.signal);
  }, []);

  useEffect(() => {
    gone.current = false;
    setQuality(offeredQuality(rememberedQuality(), latest.current.options.choices));
    setReady(true);
    const warm = () => {
      if (gone.current) return;
      // Before the player: it finds them on their way. What fails now is asked for again when it is needed.
      if (!asksToSaveData()) fetchFirst();
      preparePlayer().catch(() => undefined);
      prepareStudy().catch(() => undefined);
    };
    const whenIdle = () =>
      'requestIdleCallback' in window ? requestIdleCallback(warm) : setTimeout(warm, 200);
    if (document.readyState === 'complete') whenIdle();
    else addEventListener('load', whenIdle, { once: true });
    return () => {
      gone.current = true;
      left.current?.abort();
      left.current = undefined;
      removeEventListener('load', whenIdle);
      void study.current?.then((started) => started.dispose()).catch(() => undefined);
      void player.current?.then((mounted) => mounted.dispose()).catch(() => undefined);
      study.current = player.current = undefined;
    };
  }, [fetchFirst, prepareStudy, preparePlayer]);

  /** Opens a session while the player loads; later calls try again what failed. */
  const play = async (): Promise<void> => {
    setView((before) => ({ ...before, status: 'starting' }));
    try {
      fetchFirst();
      const loading = preparePlayer();
      // Awaited below; without a line the other part may fail before it.
      loading.catch(() => undefined);
      const started = await prepareStudy();
      if (latest.current.begun) return started.study.studyHere();
      const opened = await started.study.open();
      if (!opened && !started.study.watchesUncounted()) return;
      const mounted = await loading;
      if (gone.current) return;
      if (opened) {
        mounted.limitSpeed(opened.rules.maxSpeed);
        if (options.playFromMs === undefined) mounted.resumeAt(opened.resumeAtMs);
      }
      started.record(mounted.video);
      setBegun(true);
      if (!opened?.presenceCheck) await mounted.play();
      mounted.video.closest<HTMLElement>('.video-js')?.focus();
    } catch (error) {
      // The browser wants a second tap before it plays; everything else means that parts did not load.
      if (error instanceof DOMException && error.name === 'NotAllowedError') return;
      if (!gone.current) setView((before) => ({ ...before, status: 'start-offline' }));
    }
  };

  const retryMedia = async (): Promise<void> => {
    (await player.current)?.retry();
  };

  const seekTo = async (ms: number): Promise<void> => {
    (await player.current)?.seekTo(ms);
    if (!latest.current.begun) await play();
  };

  const answerPresence = (option: string): void => {
    void study.current?.then((started) => started.study.answerPresence(option));
  };

  return { view, begun, ended, ready, quality, choose, play, seekTo, retryMedia, answerPresence };
}
