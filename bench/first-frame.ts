import { chromium, type Browser, type CDPSession, type Page } from '@playwright/test';
import { existsSync } from 'node:fs';
import playwrightConfig from '../playwright.config';
import type { BenchRow } from './bench-row';
import { layHeavyFilm } from './heavy-film';
import { serveWorld, type ServedWorld } from './served-world';

/** Chromium's own presets, in bytes a second and ms a request. */
const LINES = {
  localhost: null,
  'fast 3G': { bytesASecond: 1_440_000 / 8, latency: 562 },
  'slow 3G': { bytesASecond: 400_000 / 8, latency: 2000 },
} as const;
type Line = keyof typeof LINES;

/** The most each may take, ms. */
const MOST: Record<Line, { frame: number; text?: number }> = {
  localhost: { frame: 500 },
  'fast 3G': { frame: 2000 },
  'slow 3G': { frame: 7000, text: 8000 },
};
const WATCHED_S = 30;
/** What a person reads, from the moment they can, before they press play. */
const READING_MS = 8000;

interface Measured {
  textMs: number;
  frameMs: number;
  stalls: number;
  stalledMs: number;
}

/**
 * From "play" to the first moving frame of a lesson of 240p at 200 kbit/s, on a phone with nothing in its cache; when
 * its text could be read, and whether it stalled in the 30 s after. Play is pressed as soon as the button can be, and
 * again on another phone after some reading.
 */
export async function run(): Promise<BenchRow[]> {
  const world = await serveWorld();
  const launch = { ...playwrightConfig.use?.launchOptions };
  if (launch.executablePath && !existsSync(launch.executablePath)) delete launch.executablePath;
  const browser = await chromium.launch(launch);
  try {
    const [film] = await layHeavyFilm(world, [240]);
    const { average = 0, peak = 0 } = film ?? {};
    const kbits = (bits: number) => Math.round(bits / 1000);
    const rows: BenchRow[] = [
      {
        name: 'the film: mean',
        value: kbits(average),
        unit: 'kbit/s',
        note: `peak ${kbits(peak)}`,
      },
    ];
    for (const line of Object.keys(LINES) as Line[]) {
      for (const reading of [0, READING_MS])
        rows.push(...rowsOf(line, reading, await measure(browser, world, line, reading)));
    }
    return rows;
  } finally {
    await browser.close();
    world.stop();
  }
}

function rowsOf(line: Line, reading: number, found: Measured): BenchRow[] {
  const { frame, text } = MOST[line];
  const when = reading === 0 ? 'pressed at once' : `pressed after ${reading / 1000} s`;
  const row = (
    name: string,
    value: number,
    unit: string,
    most: number,
    must = reading > 0,
  ): BenchRow => ({
    name: `${line}, ${when}: ${name}`,
    value: Math.round(value),
    unit,
    note: must ? `at most ${most.toLocaleString('en')}` : 'nothing fetched ahead yet',
    ...(must && value > most ? { wrong: true as const } : {}),
  });
  return [
    ...(text && reading === 0 ? [row('text can be read', found.textMs, 'ms', text, true)] : []),
    row('play to first frame', found.frameMs, 'ms', frame),
    row(`stalls in ${WATCHED_S} s`, found.stalls, `(${Math.round(found.stalledMs)} ms)`, 0),
  ];
}

async function measure(
  browser: Browser,
  world: ServedWorld,
  line: Line,
  reading: number,
): Promise<Measured> {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    isMobile: true,
  });
  try {
    await context.addCookies(
      world.cookie.split('; ').map((pair) => {
        const [name = '', value = ''] = pair.split('=');
        return { name, value, url: world.url };
      }),
    );
    const page = await context.newPage();
    await slowDown(await context.newCDPSession(page), line);
    if (process.env.BENCH_VERBOSE) {
      const from = performance.now();
      const at = () => Math.round(performance.now() - from);
      page.on('request', (r) =>
        console.log(at(), '>', r.url().slice(-70), r.headers().range ?? ''),
      );
      page.on('requestfinished', (r) => console.log(at(), '<', r.url().slice(-70)));
    }
    const path = `/learn/classes/${world.enrollmentId}/lessons/${world.lessonId}?from=0`;
    await page.goto(world.url + path, { waitUntil: 'commit' });
    await page.locator('h1').waitFor();
    const textMs = await page.evaluate(
      () =>
        performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? performance.now(),
    );
    const button = page.getByRole('button', { name: /^(开始学习|从 .* 接着学)$/ });
    await button.and(page.locator(':enabled')).waitFor({ timeout: 60_000 });
    const readable = await page.evaluate(() => performance.now());
    await page.waitForTimeout(Math.max(0, textMs + reading - readable));
    await watchFrames(page);
    await button.click();
    await page.waitForFunction(() => 'firstFrameMs' in window, undefined, { timeout: 60_000 });
    await page.waitForTimeout(WATCHED_S * 1000);
    return { textMs, ...(await readFrames(page)) };
  } finally {
    await context.close();
  }
}

async function slowDown(devtools: CDPSession, line: Line): Promise<void> {
  const preset = LINES[line];
  if (!preset) return;
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: preset.latency,
    downloadThroughput: preset.bytesASecond,
    uploadThroughput: preset.bytesASecond,
  });
}

/** Takes the time from the press to the first frame that moves, and of each wait after it. */
async function watchFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen = window as unknown as {
      pressedAt?: number;
      firstFrameMs?: number;
      stalls: number;
      stalledMs: number;
    };
    seen.stalls = seen.stalledMs = 0;
    document.addEventListener('click', () => (seen.pressedAt ??= performance.now()), true);
    let from: number | undefined;
    let waitingSince: number | undefined;
    // No name inside: the runner would wrap it in a helper that the page does not have.
    setInterval(() => {
      const video = document.querySelector('video');
      const now = performance.now();
      if (video && seen.pressedAt !== undefined) {
        if (!video.paused) from ??= video.currentTime;
        if (seen.firstFrameMs === undefined) {
          if (from !== undefined && video.currentTime > from)
            seen.firstFrameMs = now - seen.pressedAt;
        } else if (!video.paused && video.readyState < 3 && !video.ended) {
          waitingSince ??= now;
        } else if (waitingSince !== undefined) {
          seen.stalls += 1;
          seen.stalledMs += now - waitingSince;
          waitingSince = undefined;
        }
      }
    }, 5);
  });
}

async function readFrames(page: Page): Promise<Omit<Measured, 'textMs'>> {
  return page.evaluate(() => {
    const seen = window as unknown as { firstFrameMs: number; stalls: number; stalledMs: number };
    return { frameMs: seen.firstFrameMs, stalls: seen.stalls, stalledMs: seen.stalledMs };
  });
}
