import { chromium } from '@playwright/test';
import { existsSync } from 'node:fs';
import playwrightConfig from '../playwright.config';
import type { BenchRow } from './bench-row';
import { serveWorld } from './served-world';

/** What a first lesson page brings over the line before the player is asked for, with nothing in the cache. */
export async function run(): Promise<BenchRow[]> {
  const world = await serveWorld();
  const launch = playwrightConfig.use?.launchOptions ?? {};
  if (launch.executablePath && !existsSync(launch.executablePath)) delete launch.executablePath;
  const browser = await chromium.launch(launch);
  try {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
    await context.addCookies(
      world.cookie.split('; ').map((pair) => {
        const [name = '', value = ''] = pair.split('=');
        return { name, value, url: world.url };
      }),
    );
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Network.enable');
    const urls = new Map<string, string>();
    const sizes = new Map<string, number>();
    let standing = false;
    devtools.on('Network.requestWillBeSent', ({ requestId, request }) => {
      if (!standing && !request.url.startsWith('data:')) urls.set(requestId, request.url);
    });
    devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const url = urls.get(requestId);
      if (url !== undefined) sizes.set(url, (sizes.get(url) ?? 0) + encodedDataLength);
    });
    await page.goto(`${world.url}/learn/classes/${world.enrollmentId}/lessons/${world.lessonId}`, {
      waitUntil: 'load',
    });
    // From here on the page fetches ahead what its player will need: that is first-frame's to measure.
    standing = true;
    await page.waitForLoadState('networkidle');
    // The player's own files come behind those of the page, at the lowest priority.
    const later = new Set(
      await page.$$eval('link[fetchpriority=low]', (links) =>
        links.flatMap((link) => (link instanceof HTMLLinkElement ? [link.href] : [])),
      ),
    );
    const [own, ahead] = [false, true].map((isLater) => {
      const files = [...urls.values()].filter((url) => later.has(url) === isLater);
      return { files, bytes: files.reduce((sum, url) => sum + (sizes.get(url) ?? 0), 0) };
    });
    if (process.env.BENCH_VERBOSE)
      console.log(own?.files.map((url) => `${sizes.get(url)} ${url}`).join('\n'));
    const kilobytes = (sum = 0) => Math.round(sum / 100) / 10;
    return [
      {
        name: 'first lesson page: bytes',
        value: kilobytes(own?.bytes),
        unit: 'kB',
        note: 'at most 317, a quarter of the peer’s 1,270',
      },
      {
        name: 'first lesson page: requests',
        value: own?.files.length ?? 0,
        unit: 'requests',
        note: 'at most 13, half of the peer’s 26',
      },
      {
        name: 'the player’s files, fetched behind them',
        value: kilobytes(ahead?.bytes),
        unit: 'kB',
        note: `${ahead?.files.length ?? 0} requests`,
      },
    ];
  } finally {
    await browser.close();
    world.stop();
  }
}
