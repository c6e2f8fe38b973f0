import { chromium } from '@playwright/test';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '~db/client.server';
import { signInByApi } from '../e2e/actors';
import { startWorld, type World } from '../e2e/world';
import { openLessonText } from '../app/domain/lesson-texts/open-lesson-text.server';
import playwrightConfig from '../playwright.config';
import type { BenchRow } from './bench-row';
import { openScreen, type TextScreen } from './text-screen';
import { countKeys, openWriter, wordsOf, type TextWriter } from './text-writer';

const WRITERS = 18;
const MEASURED_S = Number(process.env.CO_EDITING_S ?? 30);
/** What a quick typist does. */
const KEYS_A_SECOND = 4;
const MOST_MS = 200;
const SETTLES_WITHIN_MS = 60_000;

/**
 * 18 writers in Node and 2 browser screens in one lesson, all typing: how long a key of one screen takes until the
 * other has painted it; then the server is killed while all type, what it had acknowledged is looked for in its
 * database before it starts again, and at the end every key must be in every copy.
 */
export async function run(): Promise<BenchRow[]> {
  const world = await startWorld();
  const launch = { ...playwrightConfig.use?.launchOptions };
  if (launch.executablePath && !existsSync(launch.executablePath)) delete launch.executablePath;
  const browser = await chromium.launch(launch);
  try {
    const lesson = await findLesson(world);
    const cookies = [await signInByApi(world, 'teacher01'), await signInByApi(world, 'teacher02')];
    const address = `${world.url}/api/lesson-texts/${lesson.id}`;
    const path = `/teach/courses/${lesson.courseId}/lessons/${lesson.id}`;
    const left = { login: 'teacher01', path, name: 'left', other: 'right' };
    const right = { login: 'teacher02', path, name: 'right', other: 'left' };
    const screens = [
      await openScreen(browser, world, left),
      await openScreen(browser, world, right),
    ];
    const writers = Array.from({ length: WRITERS }, (_, n) =>
      openWriter(`w${n}`, address, cookies[n % 2] ?? ''),
    );
    await until(() => writers.every((writer) => writer.state().loaded));
    for (const writer of writers) writer.begin();
    return await measure(world, lesson.id, screens, writers);
  } finally {
    await browser.close();
    await world.stop();
  }
}

async function measure(
  world: World,
  lessonId: string,
  screens: TextScreen[],
  writers: TextWriter[],
): Promise<BenchRow[]> {
  await type([...screens, ...writers], MEASURED_S);
  await pause(1_000);
  const ways = await latencies(screens);
  const typing = type([...screens, ...writers], 12);
  await pause(4_000);
  let lost = 0;
  let lostBy = '';
  const before = writers.map((writer) => writer.acknowledged);
  const killedAt = performance.now();
  await world.killAndRestart(async () => {
    const kept = await readKept(world, lessonId);
    for (const [n, writer] of writers.entries()) {
      const missing = (before[n] ?? 0) - (kept.get(writer.name) ?? 0);
      if (missing > 0) {
        lost += missing;
        lostBy += ` ${writer.name}`;
      }
    }
  });
  const outMs = performance.now() - killedAt;
  await typing;
  const settledMs = await settle(writers, screens);
  const short = await countMissing(writers, screens);
  for (const writer of writers) writer.end();
  const sorted = [...ways].sort((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.floor(sorted.length * share)] ?? NaN);
  const keys = [...writers, ...screens].reduce((sum, { typed }) => sum + typed, 0);
  return [
    {
      name: 'key to the other screen, median',
      value: at(0.5),
      unit: 'ms',
      note: `${ways.length} keys`,
    },
    bound('key to the other screen, p95', at(0.95), 'ms', at(0.95) < MOST_MS),
    { name: 'key to the other screen, p99', value: at(0.99), unit: 'ms' },
    bound('acknowledged keys lost by the kill', lost, 'keys', lost === 0, lostBy.trim()),
    { name: 'server away', value: Math.round(outMs), unit: 'ms' },
    { name: 'all saved after the last key', value: Math.round(settledMs), unit: 'ms' },
    bound('keys missing in any of 20 copies', short, 'keys', short === 0, `of ${keys} in each`),
  ];
}

function bound(name: string, value: number, unit: string, right: boolean, note?: string): BenchRow {
  return { name, value, unit, ...(note && { note }), ...(!right && { wrong: true as const }) };
}

/** Everybody types at their own pace, out of step. */
async function type(typists: { press(): void | Promise<void> }[], seconds: number): Promise<void> {
  const end = performance.now() + seconds * 1000;
  await Promise.all(
    typists.map(async (typist, n) => {
      await pause((n * 1000) / KEYS_A_SECOND / typists.length);
      while (performance.now() < end) {
        await typist.press();
        await pause((1000 / KEYS_A_SECOND) * (0.7 + 0.6 * Math.random()));
      }
    }),
  );
}

/** From each key of one screen to its picture on the other, both ways. */
async function latencies(screens: TextScreen[]): Promise<number[]> {
  const [left, right] = await Promise.all(screens.map((screen) => screen.times()));
  const way = (own: number[] = [], seen: number[] = []) =>
    seen.map((at, key) => at - (own[key] ?? NaN)).filter((ms) => !Number.isNaN(ms));
  return [...way(left?.own, right?.seen), ...way(right?.own, left?.seen)];
}

async function readKept(world: World, lessonId: string): Promise<Map<string, number>> {
  const client = openDatabase(`file:${join(world.dataDir, 'jiangxue.sqlite')}`);
  try {
    return countKeys(wordsOf((await openLessonText(client.db, lessonId, 0)).doc));
  } finally {
    await client.close();
  }
}

async function settle(writers: TextWriter[], screens: TextScreen[]): Promise<number> {
  const from = performance.now();
  await until(() => writers.every((one) => one.state().line === 'open' && !one.state().unsaved));
  for (const { page } of screens) await page.getByText('已保存', { exact: true }).waitFor();
  return performance.now() - from;
}

/** Compares every copy with what everybody typed; gives the last changes a moment to arrive. */
async function countMissing(writers: TextWriter[], screens: TextScreen[]): Promise<number> {
  const count = async () => {
    const copies = [
      ...writers.map(({ doc }) => wordsOf(doc)),
      ...(await Promise.all(screens.map((screen) => screen.words()))),
    ];
    let missing = 0;
    for (const copy of copies) {
      const keys = countKeys(copy.replace(/⁠[^⁠]*⁠/g, ''));
      for (const { name, typed } of [...writers, ...screens]) {
        missing += Math.abs(typed - (keys.get(name) ?? 0));
      }
    }
    return missing;
  };
  let missing = await count();
  for (let tries = 0; missing > 0 && tries < 20; tries += 1) {
    await pause(250);
    missing = await count();
  }
  return missing;
}

async function until(what: () => boolean): Promise<void> {
  const end = performance.now() + SETTLES_WITHIN_MS;
  while (!what()) {
    if (performance.now() > end) throw new Error('waited in vain');
    await pause(20);
  }
}

/** An article of the course that both teachers write. */
async function findLesson(world: World): Promise<{ id: string; courseId: string }> {
  const client = openDatabase(`file:${join(world.dataDir, 'jiangxue.sqlite')}`);
  try {
    const row = await client.db
      .selectFrom('lesson')
      .innerJoin('course', 'course.id', 'lesson.course_id')
      .select(['lesson.id', 'lesson.course_id as courseId'])
      .where('course.title', '=', '柴油发动机装配与调试')
      .where('lesson.kind', '=', 'article')
      .executeTakeFirstOrThrow();
    return row;
  } finally {
    await client.close();
  }
}
