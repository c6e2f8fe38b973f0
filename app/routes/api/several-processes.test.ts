import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { openTestDatabase } from '~db/testing.server';
import { makeStudyWorld, type StudyWorld } from '~db/testing-study';
import type { SentBeat } from '~/domain/class-hours/arrival';
import { reconcile } from '~/domain/class-hours/reconcile.server';
import { signedInCookie, testContext } from '~/web/testing-request.server';

const ZONE = 'Asia/Shanghai';
const PROGRAM = fileURLToPath(new URL('./testing-study-process.ts', import.meta.url));
const BEAT_MS = 150;
const BEATS = 12;
const ROUNDS = 5;

let client: DatabaseClient;
const processes: ChildProcess[] = [];
/** The addresses of two server processes on one database. */
let urls: string[] = [];

beforeAll(async () => {
  client = await openTestDatabase();
  urls = await Promise.all([startProcess(), startProcess()]);
});
afterAll(async () => {
  for (const child of processes) {
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await ended;
  }
  await client.close();
});

async function databaseUrl(): Promise<string> {
  if (client.file) return `file:${client.file}`;
  const name = sql<{ name: string }>`select current_database() as name`;
  const url = new URL(process.env.TEST_DATABASE_URL ?? '');
  url.pathname = `/${(await name.execute(client.db)).rows[0]!.name}`;
  return url.toString();
}

async function startProcess(): Promise<string> {
  const env = { ...process.env, DATABASE_URL: await databaseUrl() };
  const child = spawn(process.execPath, ['--import', 'tsx', PROGRAM], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  processes.push(child);
  return new Promise((resolve, reject) => {
    let said = '';
    child.once('exit', () => reject(new Error('the server did not start')));
    child.stdout.on('data', (part: Buffer) => {
      said += part.toString('utf8');
      if (said.includes('\n')) resolve(said.trim());
    });
  });
}

interface Learner {
  personId: string;
  enrollmentId: string;
  lessonIds: string[];
  cookie: string;
}

async function learnersOf(world: StudyWorld): Promise<Learner[]> {
  const context = testContext(client, Date.now());
  const learners: Learner[] = [];
  for (const { viewer, enrollmentId } of world.learners) {
    const { personId } = viewer;
    const cookie = await signedInCookie(context, personId);
    const lessonIds = world.course.lessons.map(({ id }) => id);
    learners.push({ personId, enrollmentId, lessonIds, cookie });
  }
  return learners;
}

/** Through one of the processes; whatever is not among `expected` fails the test, a deadlock too. */
async function post<T>(
  { cookie }: Learner,
  at: number,
  path: string,
  body: unknown,
  expected: number[],
): Promise<T> {
  const answer = await fetch(`${urls[at % urls.length]}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!expected.includes(answer.status)) throw new Error(`${path}: ${answer.status} ${text}`);
  return JSON.parse(text) as T;
}

interface Opened {
  id: string;
  presenceCheck: { id: string; options: { id: string }[] } | null;
}

const open = (learner: Learner, at: number, lesson: number) =>
  post<Opened>(
    learner,
    at,
    '/api/watch-sessions',
    { enrollmentId: learner.enrollmentId, lessonId: learner.lessonIds[lesson % 2] },
    [201],
  );

const send = (learner: Learner, at: number, sessionId: string, beats: SentBeat[]) =>
  post<Opened>(learner, at, `/api/watch-sessions/${sessionId}/beats`, { beats }, [200]);

/** Beats from the session's zero on, within the 2 s that clocks may differ. */
const played = (from: number, to: number, media: number): SentBeat[] =>
  Array.from({ length: to - from }, (_, i) => {
    const wallFromMs = (from + i) * BEAT_MS;
    const mediaFromMs = media + wallFromMs;
    const ends = { wallToMs: wallFromMs + BEAT_MS, mediaToMs: mediaFromMs + BEAT_MS };
    return { seq: from + i + 1, wallFromMs, mediaFromMs, ...ends, visible: true };
  });

/** Two devices, each at its own process, take over from each other; some beats come twice, some late. */
async function study(learner: Learner, turn: number): Promise<void> {
  const late: (() => Promise<unknown>)[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const opened = await Promise.all([0, 1].map((at) => open(learner, at, round + turn)));
    await Promise.all(
      opened.flatMap(({ id }, device) => {
        const media = (round * 2 + device) * 10_000;
        const [first, middle, last] = [
          played(0, 4, media),
          played(4, 8, media),
          played(8, BEATS, media),
        ];
        late.push(() => send(learner, device + round + 1, id, last));
        return [
          send(learner, device, id, first),
          send(learner, device + 1, id, first),
          send(learner, round, id, middle),
        ];
      }),
    );
  }
  await Promise.all(late.map((sendLate) => sendLate()));
}

async function sessionsOf({ personId }: Learner) {
  return client.db
    .selectFrom('watch_session')
    .select(['id', 'number', 'started_at', 'ended_at'])
    .where('person_id', '=', personId)
    .orderBy('number')
    .execute();
}

test('learners who study through two processes at once have each moment counted once', async () => {
  const world = await makeStudyWorld(client.db, Date.now(), { learners: 8 });
  const learners = await learnersOf(world);
  await Promise.all(learners.map(study));
  for (const learner of learners) {
    const sessions = await sessionsOf(learner);
    const numbers = sessions.map(({ number }) => number);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    expect(numbers).toHaveLength(2 * ROUNDS);
    sessions.forEach(({ ended_at }, index) => {
      expect(ended_at).toBe(sessions[index + 1]?.started_at ?? null);
    });
    // Of each session counts what lies before the next one's start: nothing twice, nothing lost.
    const lengths = sessions.map(({ started_at, ended_at }) =>
      Math.min(BEATS * BEAT_MS, (ended_at ?? Infinity) - started_at),
    );
    const { spent } = await client.db
      .selectFrom('lesson_total')
      .select(({ fn }) => fn.sum<number>('spent_ms').as('spent'))
      .where('person_id', '=', learner.personId)
      .executeTakeFirstOrThrow();
    expect(spent).toBe(lengths.reduce((a, b) => a + b, 0));
    const beats = await client.db
      .selectFrom('beat')
      .innerJoin('watch_session', 'watch_session.id', 'beat.session_id')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('person_id', '=', learner.personId)
      .executeTakeFirstOrThrow();
    expect(beats.n).toBe(2 * ROUNDS * BEATS);
  }
  expect(await reconcile(client.db, ZONE)).toEqual([]);
}, 120_000);

test('a check answered through two processes at once is passed once', async () => {
  const presence = {
    checkAfterMinMs: 1,
    checkAfterMaxMs: 2,
    answerWithinMs: 60_000,
    retryAfterMs: 1,
  };
  const world = await makeStudyWorld(client.db, Date.now(), { learners: 6, presence });
  const learners = await learnersOf(world);
  await Promise.all(
    learners.map(async (learner, turn) => {
      const { id } = await open(learner, turn, 0);
      const [one] = await Promise.all([0, 1].map((at) => send(learner, at, id, played(0, 4, 0))));
      const check = one?.presenceCheck;
      if (!check) throw new Error('No check was asked.');
      const row = await client.db
        .selectFrom('presence_question')
        .select(['options', 'right_option'])
        .where('id', '=', check.id)
        .executeTakeFirstOrThrow();
      const answer = String(1 + (JSON.parse(row.options) as string[]).indexOf(row.right_option));
      const path = `/api/watch-sessions/${id}/presence-checks/${check.id}`;
      await Promise.all([
        post(learner, 0, path, { answer }, [200, 409]),
        post(learner, 1, path, { answer }, [200, 409]),
        send(learner, 0, id, played(4, 8, 0)),
        send(learner, 1, id, played(8, BEATS, 0)),
      ]);
    }),
  );
  const people = learners.map(({ personId }) => personId);
  const checks = await client.db
    .selectFrom('presence_check')
    .selectAll()
    .where('person_id', 'in', people)
    .execute();
  for (const personId of people) {
    const own = checks.filter((check) => check.person_id === personId);
    expect(own.filter(({ passed_at }) => passed_at === null).length).toBeLessThanOrEqual(1);
    expect(own.some(({ passed_at }) => passed_at !== null)).toBe(true);
  }
  expect(await reconcile(client.db, ZONE)).toEqual([]);
}, 120_000);
