import type { Browser, Page } from '@playwright/test';
import { signIn, type World } from '../e2e/world';

const VIEW = { width: 1440, height: 900 };

/** One browser screen in the lesson, which notes when its keys went down and when the other's were painted. */
export interface TextScreen {
  page: Page;
  name: string;
  typed: number;
  press(): Promise<void>;
  /** Moments of the machine's clock, ms: of each own key, and of each key of the other when it was seen. */
  times(): Promise<{ own: number[]; seen: number[] }>;
  words(): Promise<string>;
}

/** Opens the lesson on a screen of its own, with a paragraph that begins with `name`. */
export async function openScreen(
  browser: Browser,
  world: World,
  given: { login: string; path: string; name: string; other: string },
): Promise<TextScreen> {
  const context = await browser.newContext({
    baseURL: world.url,
    locale: 'zh-CN',
    viewport: VIEW,
  });
  const page = await context.newPage();
  // The compiler names functions by a call that a page does not know.
  await page.addInitScript('globalThis.__name = (named) => named');
  await signIn(page, given.login);
  await page.goto(given.path);
  const text = page.getByRole('textbox', { name: '正文' });
  await text.locator('p').last().click();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Enter');
  await page.keyboard.type(`${given.name}:`);
  await text.evaluate(watch, given.other);
  const screen: TextScreen = {
    page,
    name: given.name,
    typed: 0,
    async press() {
      screen.typed += 1;
      await page.keyboard.press('a');
    },
    times: () => page.evaluate<{ own: number[]; seen: number[] }>('times'),
    words: async () => (await text.locator('p').allInnerTexts()).join('\n'),
  };
  return screen;
}

/** Runs in the page: counts the other's keys after every change, and notes them once the change is painted. */
function watch(text: HTMLElement, other: string): void {
  const times = { own: [] as number[], seen: [] as number[] };
  Object.assign(window, { times });
  const now = () => performance.timeOrigin + performance.now();
  text.addEventListener('keydown', () => times.own.push(now()), true);
  let counted = 0;
  new MutationObserver(() => {
    const paragraph = [...text.querySelectorAll('p')].find((one) =>
      one.textContent.includes(`${other}:`),
    );
    const keys = paragraph?.textContent.split(`${other}:`)[1]?.match(/^[a⁠]*/)?.[0] ?? '';
    const count = keys.replaceAll('⁠', '').length;
    const news = count - counted;
    if (news <= 0) return;
    counted = count;
    // The frame after the next callback has the change on the screen.
    requestAnimationFrame(() =>
      setTimeout(() => times.seen.push(...Array<number>(news).fill(now()))),
    );
  }).observe(text, { childList: true, subtree: true, characterData: true });
}
