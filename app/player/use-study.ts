import { useEffect, useRef, useState, type RefObject } from 'react';
import type { StartedStudy } from './start-study';
import type { InitialView, StudyView } from './study';
import type { VideoPlayer, VideoSource } from './video-player';

export interface StudyOptions {
  learnerId: string;
  enrollmentId: string;
  lessonId: string;
  source: VideoSource;
  maxSpeed: number;
  locale: 'zh' | 'en';
  label: string;
  /** Where to begin instead of where the learner left, in ms. */
  playFromMs: number | undefined;
  initial: InitialView;
}

interface Running {
  started: StartedStudy;
  player: VideoPlayer | undefined;
}

/**
 * Studying one lesson: nothing of the player is loaded before `play` is first called. Mount the component that
 * uses it once per lesson (a `key`), so that leaving a lesson ends its recording.
 */
export function useStudy(stage: RefObject<HTMLElement>, options: StudyOptions) {
  const [view, setView] = useState<StudyView>({
    ...options.initial,
    status: 'idle',
    queuedMs: 0,
    presence: null,
  });
  const [mounted, setMounted] = useState(false);
  const running = useRef<Promise<Running> | undefined>(undefined);
  const gone = useRef(false);

  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
      void running.current?.then(({ started, player }) => {
        started.dispose();
        player?.dispose();
      });
      running.current = undefined;
    };
  }, []);

  const prepare = (): Promise<Running> => {
    running.current ??= import('./start-study')
      .then(async ({ startStudy }) => ({
        started: await startStudy({ ...options, show: setView }),
        player: undefined,
      }))
      .catch((error: unknown) => {
        running.current = undefined;
        throw error;
      });
    return running.current;
  };

  /** Loads the player and opens a session at the first call; later calls try again what failed. */
  const play = async (): Promise<void> => {
    setView((before) => ({ ...before, status: 'starting' }));
    try {
      const video = import('./video-player');
      // Awaited below; without a line the other part may fail before it.
      video.catch(() => undefined);
      const now = await prepare();
      if (now.player) return now.started.study.studyHere();
      const opened = await now.started.study.open();
      if (!opened && !now.started.study.watchesUncounted()) {
        await video;
        return;
      }
      const { mountVideo } = await video;
      if (gone.current || !stage.current) return;
      now.player = mountVideo(stage.current, {
        ...options,
        startAtMs: options.playFromMs ?? opened?.resumeAtMs ?? options.initial.atMs,
        maxSpeed: opened?.rules.maxSpeed ?? options.maxSpeed,
        onFailure: (failed) => now.started.study.mediaFailed(failed),
      });
      now.started.record(now.player.video);
      setMounted(true);
      if (!opened?.presenceCheck) await now.player.video.play();
      now.player.video.closest<HTMLElement>('.video-js')?.focus();
    } catch (error) {
      // The browser wants a second tap before it plays; everything else means that parts did not load.
      if (error instanceof DOMException && error.name === 'NotAllowedError') return;
      if (!gone.current) setView((before) => ({ ...before, status: 'start-offline' }));
    }
  };

  const retryMedia = async (): Promise<void> => {
    (await running.current)?.player?.retry();
  };

  const answerPresence = (option: string): void => {
    void running.current?.then(({ started }) => started.study.answerPresence(option));
  };

  return { view, mounted, play, retryMedia, answerPresence };
}
