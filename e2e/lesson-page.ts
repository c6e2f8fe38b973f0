import type { Page } from '@playwright/test';
import { expect } from './world';

export const PHONE = { width: 360, height: 740 };

export interface LessonStanding {
  id: string;
  kind: string;
  durationMs: number;
  creditedMs: number;
  coveredMs: number;
  complete: boolean;
}

/** The first video lesson of the signed-in learner, as the JSON contract tells it. */
export async function firstVideo(page: Page): Promise<{ path: string; lesson: LessonStanding }> {
  const answer = await page.request.get('/api/me');
  const me = (await answer.json()) as {
    enrollments: { id: string; lessons: LessonStanding[] }[];
  };
  const enrollment = me.enrollments[0];
  const lesson = enrollment?.lessons.find((candidate) => candidate.kind === 'video');
  if (!enrollment || !lesson) throw new Error('the learner has no video lesson');
  return { path: `/learn/classes/${enrollment.id}/lessons/${lesson.id}`, lesson };
}

/** Presses play and waits until frames of a moving picture were decoded. */
export async function play(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^(开始学习|从 .* 接着学)$/ }).click();
  await page.waitForFunction(() => {
    const video = document.querySelector('video');
    return video && !video.paused && video.getVideoPlaybackQuality().totalVideoFrames > 3;
  });
}

export const positionOf = (page: Page) =>
  page.evaluate(() => (document.querySelector('video')?.currentTime ?? 0) * 1000);

export async function watchUntil(page: Page, seconds: number): Promise<void> {
  await page.waitForFunction(
    (until) => (document.querySelector('video')?.currentTime ?? 0) >= until,
    seconds,
    { timeout: 60_000 },
  );
}

/** Waits until the first video is credited what was watched of it; a function is asked each time. */
export async function expectCredit(
  page: Page,
  watchedMs: number | (() => Promise<number>),
  withinMs: number,
): Promise<number> {
  let credited = 0;
  await expect(async () => {
    const { lesson } = await firstVideo(page);
    credited = lesson.creditedMs;
    const watched = typeof watchedMs === 'number' ? watchedMs : await watchedMs();
    const standing = `watched ${watched} ms, credited ${credited}, covered ${lesson.coveredMs}`;
    expect(Math.abs(credited - watched), standing).toBeLessThanOrEqual(withinMs);
  }).toPass({ timeout: 20_000 });
  return credited;
}
