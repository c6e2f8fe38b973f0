import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { accessTable } from './access-table';
import type { Access, AccessSamples } from './access/cells';
import { addressOf } from './address';
import { logins, roles, signInByApi, type Role } from './actors';
import { createStripper, findChinese, findRaw, readWords } from './page-words';
import { prepareSamples } from './prepare-samples';
import { listCodes, listWrittenTexts, openStored } from './stored-world';
import { listenForNoise, startWorld, type World } from './world';

test.setTimeout(900_000);

interface Sight {
  address: string;
  role: Role | 'newcomer';
}

const PHONE = { width: 360, height: 740 };
const DESKTOP = { width: 1440, height: 900 };

let world: World;
let written: string[];
let strip: (words: string) => string;
let sights: Sight[];
const cookies = new Map<string, string>();

test.beforeAll(async () => {
  world = await startWorld();
  const stored = openStored(world);
  const { own } = await prepareSamples(world, stored);
  sights = listSights(own);
  for (const [role, login] of Object.entries(logins)) {
    cookies.set(role, await signInByApi(world, login));
  }
  cookies.set('newcomer', await signInByApi(world, 'worker20'));
  forgetConsent(stored.name, 'worker20');
  written = listWrittenTexts(stored);
  strip = createStripper([...written, ...listCodes(stored)]);
  stored.close();
});
test.afterAll(() => world.stop());

function forgetConsent(file: string, login: string): void {
  const database = new Database(file, { timeout: 5_000 });
  database
    .prepare(
      'delete from consent where person_id = (select person_id from login_name where login_name = ?)',
    )
    .run(login);
  database.close();
}

const isPage = ({ path }: Access) =>
  !/^\/(api|media|healthz|readyz|metrics|locale|sign-out)|\/export$|-template$/.test(path);

/** Each page as the first role that sees it; what nobody sees, and what one may not, as errors. */
function listSights(samples: AccessSamples): Sight[] {
  const pages = accessTable.filter(isPage).flatMap((row): Sight[] => {
    const cells = row.get?.own.split(/\s+/) ?? [];
    const seen = cells.indexOf('200');
    const role = roles[seen] ?? (cells[0] === '404' ? 'nobody' : undefined);
    return role ? [{ address: addressOf(row, samples), role }] : [];
  });
  return [
    ...pages,
    { address: '/welcome', role: 'newcomer' },
    { address: '/learn/classes/none', role: 'learner' },
    { address: '/manage/organizations', role: 'manager' },
    { address: '/teach/courses/none', role: 'instructor' },
  ];
}

/**
 * Opens each page anew in this language, as on a phone, two at a time; `look` returns what is wrong
 * with it.
 */
async function lookAround(
  browser: Browser,
  locale: 'zh' | 'en',
  look: (page: Page) => Promise<string[]>,
): Promise<string[]> {
  const findings: string[] = [];
  const contexts = new Map<string, Promise<BrowserContext>>();
  const left = [...sights];
  const lookOn = async () => {
    for (let sight = left.shift(); sight; sight = left.shift()) {
      const { address, role } = sight;
      const opened = contexts.get(role) ?? openContext(browser, role, locale);
      contexts.set(role, opened);
      const found = await lookAt(await opened, address, look);
      findings.push(
        ...found.map((finding) => `${role} ${address.replace(/[\da-f-]{36}/g, '…')}: ${finding}`),
      );
    }
  };
  await Promise.all([lookOn(), lookOn()]);
  for (const context of contexts.values()) await (await context).close();
  return findings;
}

async function lookAt(
  context: BrowserContext,
  address: string,
  look: (page: Page) => Promise<string[]>,
): Promise<string[]> {
  const page = await context.newPage();
  const noises = listenForNoise(page);
  const abroad: string[] = [];
  page.on('request', (request) => {
    if (!/^(blob|data):/.test(request.url()) && new URL(request.url()).origin !== world.url) {
      abroad.push(`asks ${request.url()}`);
    }
  });
  await page.goto(address);
  await page.waitForFunction(() =>
    Object.keys(document.querySelector('main') ?? document.body).some((key) =>
      key.startsWith('__reactFiber'),
    ),
  );
  const found = [...(await look(page)), ...noises, ...abroad];
  await page.close();
  return found;
}

async function openContext(
  browser: Browser,
  role: string,
  locale: string,
): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: world.url,
    viewport: PHONE,
    locale: 'zh-CN',
    reducedMotion: 'reduce',
  });
  const pairs = (cookies.get(role) ?? '').split('; ').filter(Boolean);
  await context.addCookies(
    [...pairs, `jx_locale=${locale}`].map((pair) => {
      const [name = '', value = ''] = pair.split('=');
      return { name, value, url: world.url };
    }),
  );
  return context;
}

async function askAxe(page: Page): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];
  // No page has a frame in it, for which axe would open a second page and load itself there again.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await axe
    .options({ runOnly: tags, resultTypes: ['violations'] })
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes
      .slice(0, 3)
      .map((node) => `axe ${id} at ${node.target.join(' ')}: ${node.html.slice(0, 140)}`),
  );
}

async function findOverflow(page: Page): Promise<string[]> {
  const wide = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return undefined;
    const widest = [...document.querySelectorAll('body *')].filter(
      (element) => element.getBoundingClientRect().right > clientWidth + 1,
    );
    const names = widest.slice(0, 3).map((element) => `${element.tagName}.${element.className}`);
    return `${scrollWidth} px wide by ${names.join(' ')}`;
  });
  return wide ? [wide] : [];
}

test('every page in Chinese, on a phone', async ({ browser }) => {
  expect(sights.length).toBeGreaterThan(25);
  const findings = await lookAround(browser, 'zh', async (page) => [
    ...(await findOverflow(page)),
    ...findRaw(strip(await readWords(page))).map((word) => `says ${word}`),
    ...(await askAxe(page)),
  ]);
  expect(findings).toEqual([]);
});

test('every page in English, on a phone and then on a desk', async ({ browser }) => {
  const findings = await lookAround(browser, 'en', async (page) => {
    const narrow = await findOverflow(page);
    await page.setViewportSize(DESKTOP);
    return [
      ...narrow,
      ...(await findOverflow(page)),
      ...findChinese(strip(await readWords(page)), written).map((word) => `says ${word}`),
      ...(await askAxe(page)),
    ];
  });
  expect(findings).toEqual([]);
});
