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
    let bytes = 0;
    const urls = new Map<string, string>();
    const sizes: string[] = [];
    let standing = false;
    devtools.on('Network.requestWillBeSent', ({ requestId, request }) => {
      if (!standing && !request.url.startsWith('data:')) urls.set(requestId, request.url);
    });
    devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (!urls.has(requestId)) return;
      bytes += encodedDataLength;
      sizes.push(`${encodedDataLength} ${urls.get(requestId)}`);
    });
    await page.goto(`${world.url}/learn/classes/${world.enrollmentId}/lessons/${world.lessonId}`, {
      waitUntil: 'load',
    });
    // From here on the page fetches ahead what its player will need: that is first-frame's to measure.
    standing = true;
    await page.waitForLoadState('networkidle');
    if (process.env.BENCH_VERBOSE)
      console.log(sizes.sort((a, b) => parseInt(b) - parseInt(a)).join('\n'));
    return [
      {
        name: 'first lesson page: bytes',
        value: Math.round(bytes / 100) / 10,
        unit: 'kB',
        note: 'at most 317, a quarter of the peer’s 1,270',
      },
      {
        name: 'first lesson page: requests',
        value: urls.size,
        unit: 'requests',
        note: 'at most 13, half of the peer’s 26',
      },
    ];
  } finally {
    await browser.close();
    world.stop();
  }
}
