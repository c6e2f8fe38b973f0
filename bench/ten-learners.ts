import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '~db/client.server';
import { migrate } from '~db/migrate';
import type { BenchRow } from './bench-row';
import { live, LENGTH, stories } from './learner-stories';
import { makeLearners } from './learners-world';
import { otherSystems } from './other-systems';
import { readCredit, type BenchLearner, type StudyApi } from './study-player';

const SERVER = fileURLToPath(
  new URL(`../${process.env.BUILD_DIR ?? 'build'}/server/index.js`, import.meta.url),
);

/** The platform as `npm start` serves it, on a driven clock, with a class for each story. */
async function serveLearners() {
  const dataDir = mkdtempSync(join(tmpdir(), 'jiangxue-learners-'));
  const databaseUrl = `file:${dataDir}/learners.sqlite`;
  const client = openDatabase(databaseUrl);
  const now = Date.now();
  await migrate(client, now);
  const learners = await makeLearners(client, stories, now);
  await client.close();
  const env = {
    ...process.env,
    NODE_ENV: 'production' as const,
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    CLOCK: 'driven',
    LOG_LEVEL: 'warn',
  };
  const child = spawn(process.execPath, [SERVER], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.once('exit', () => reject(new Error(`the server did not start: ${said}`)));
    child.stdout.on('data', (part: Buffer) => {
      if (said.length < 10_000) said += part.toString('utf8');
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (address) resolve(address);
    });
  });
  const stop = () => {
    child.removeAllListeners('exit');
    child.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));
    child.kill('SIGKILL');
  };
  return { api: apiOf(url), learners, stop };
}

function apiOf(url: string): StudyApi {
  const send = async (cookie: string, method: string, path: string, body?: unknown) => {
    const answer = await fetch(url + path, {
      method,
      headers: { 'content-type': 'application/json', cookie },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as unknown };
  };
  return {
    call: (learner: BenchLearner, method, path, body) => send(learner.cookie, method, path, body),
    async advance(advanceMs) {
      const { status, body } = await send('', 'POST', '/api/clock', { advanceMs });
      if (status !== 200) throw new Error(`the clock answered ${status}`);
      return Date.parse((body as { now: string }).now);
    },
  };
}

const time = (ms: number) =>
  [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, Math.floor(ms / 1_000) % 60]
    .map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0')))
    .join(':');

const wide = (text: string, width: number) => text.padEnd(width);

/**
 * Honest and dishonest learners on a lesson of 45 minutes, through the real HTTP API on a driven clock: what each
 * is credited, what is right by arithmetic, and what other systems' rules make of the same story.
 */
export async function run(): Promise<BenchRow[]> {
  const world = await serveLearners();
  const names = Object.keys(otherSystems);
  const rows: BenchRow[] = [];
  console.log(
    [wide('learner', 40), wide('right', 9), wide('ours', 9), wide('', 6)].join('') +
      names.map((name) => wide(name, 11)).join(''),
  );
  try {
    for (const [index, story] of stories.entries()) {
      const learner = world.learners[index]!;
      const { expectedMs, realTimeMs, seen } = await live(story, world.api, learner);
      const oursMs = await readCredit(world.api, learner);
      const right = oursMs === expectedMs && oursMs <= realTimeMs;
      const others = Object.fromEntries(
        Object.entries(otherSystems).map(([name, rule]) => [name, time(rule(seen, LENGTH))]),
      );
      console.log(
        wide(story.title, 40) +
          wide(time(expectedMs), 9) +
          wide(time(oursMs), 9) +
          wide(right ? 'right' : 'WRONG', 6) +
          Object.values(others)
            .map((other) => wide(other, 11))
            .join(''),
      );
      rows.push({
        name: `learner: ${story.title}`,
        value: Math.round(oursMs / 600) / 100,
        unit: 'min',
        note: `${time(expectedMs)} is right`,
        others,
        ...(right ? {} : { wrong: true as const }),
      });
    }
  } finally {
    world.stop();
  }
  return rows;
}
