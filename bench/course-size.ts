import SQLite from 'better-sqlite3';
import { join } from 'node:path';
import { newId } from '../app/domain/shared/new-id.server';
import type { BenchRow } from './bench-row';
import { serveWorld, signIn, type ServedWorld } from './served-world';

const CHAPTERS = 6;
const LESSONS = 60;
const ROUNDS = 5;
const AIM_MS = { open: 1_000, publish: 2_000 };
/** About two pages of a handout for the workshop. */
const PARAGRAPH = '测量前先擦净测砧和工件，零位误差不超过 0.01 毫米，读数时视线垂直于刻度。';

interface Course {
  courseId: string;
  lessonIds: string[];
  cookie: string;
}

/**
 * A course of 60 lessons, half videos and half articles, each with a text of 4 kB, opened for editing and published
 * over HTTP; medians of five, with what rendering and the network of one machine take.
 */
export async function run(): Promise<BenchRow[]> {
  const world = await serveWorld();
  try {
    const course = fill(world, await signIn(world.url, 'teacher01'));
    const pages = `/teach/courses/${course.courseId}`;
    const first = course.lessonIds[0] ?? '';
    return [
      row('open a course of 60 lessons', await median(() => get(world, course, pages)), 'open'),
      row(
        'open one of its lessons',
        await median(() => get(world, course, `${pages}/lessons/${first}`)),
        'open',
      ),
      row(
        'open its check list and publication',
        await median(() => get(world, course, `${pages}/publication`)),
        'open',
      ),
      row('publish it', await median((round) => publish(world, course, round)), 'publish'),
    ];
  } finally {
    world.stop();
  }
}

function row(name: string, value: number, aim: keyof typeof AIM_MS): BenchRow {
  return {
    name,
    value: Math.round(value),
    unit: 'ms',
    note: `aim: under ${AIM_MS[aim].toLocaleString('en')}`,
    ...(value > AIM_MS[aim] && { wrong: true as const }),
  };
}

async function median(measure: (round: number) => Promise<number>): Promise<number> {
  const taken: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) taken.push(await measure(round));
  return taken.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
}

async function get(world: ServedWorld, { cookie }: Course, path: string): Promise<number> {
  const from = performance.now();
  const answer = await fetch(world.url + path, { headers: { cookie } });
  await answer.text();
  if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}`);
  return performance.now() - from;
}

async function post(
  world: ServedWorld,
  { cookie }: Course,
  path: string,
  form: Record<string, string>,
): Promise<string> {
  const answer = await fetch(world.url + path, {
    method: 'POST',
    headers: { cookie, origin: world.url },
    body: new URLSearchParams(form),
  });
  const html = await answer.text();
  if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}`);
  return html;
}

/** Changes a title, then publishes; the time of the publication alone. */
async function publish(world: ServedWorld, course: Course, round: number): Promise<number> {
  const { courseId, lessonIds } = course;
  const path = `/teach/courses/${courseId}`;
  const author = authorOf(world);
  await post(world, course, `${path}/lessons/${lessonIds[round]}`, {
    version: '1',
    title: `第 ${round + 1} 次改名`,
    authorId: author,
  });
  const from = performance.now();
  const answer = await post(world, course, `${path}/publication`, {
    intent: 'publish-alone',
    note: '改了一个标题',
  });
  const taken = performance.now() - from;
  if (!answer.includes(`第 ${round + 1} 版发布好了`)) throw new Error('it was not published');
  return taken;
}

const open = (world: ServedWorld) =>
  new SQLite(join(world.dataDir, 'jiangxue.sqlite'), { timeout: 20_000 });

function authorOf(world: ServedWorld): string {
  const db = open(world);
  const id = db
    .prepare(`select person_id from login_name where login_name = 'teacher01'`)
    .pluck()
    .get() as string;
  db.close();
  return id;
}

/** A course of teacher01's organization alone, written straight into the database. */
function fill(world: ServedWorld, cookie: string): Course {
  const db = open(world);
  const columnsOf = (table: string) =>
    (db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name);
  const copy = (table: string, changed: Record<string, string | number | null>, where: string) => {
    const values = columnsOf(table).map((name) => (name in changed ? `@${name}` : `"${name}"`));
    db.prepare(
      `insert into ${table} select ${values.join(', ')} from ${table} where ${where} limit 1`,
    ).run(changed);
  };
  const author = db
    .prepare(
      `select a.person_id personId, a.organization_id organizationId, a.course_id courseId
         from login_name n join course_author a on a.person_id = n.person_id
         join course c on c.id = a.course_id and c.lead_organization_id = a.organization_id
        where n.login_name = 'teacher01'`,
    )
    .get() as { personId: string; organizationId: string; courseId: string };
  const courseId = newId();
  const { personId, organizationId } = author;
  const own = { producer_organization_id: organizationId, author_id: personId };
  const article = `<h2>要领</h2>${`<p>${PARAGRAPH}</p>`.repeat(30)}`;
  const lessonIds: string[] = [];
  db.transaction(() => {
    copy('course', { id: courseId, version: 1 }, `id = '${author.courseId}'`);
    copy('course_author', { course_id: courseId }, `person_id = '${personId}'`);
    for (let chapter = 1; chapter <= CHAPTERS; chapter += 1) {
      const chapterId = newId();
      const place = { id: chapterId, course_id: courseId, position: chapter };
      copy('chapter', { ...place, ...{ producer_organization_id: organizationId } }, '1 = 1');
      for (let at = 1; at <= LESSONS / CHAPTERS; at += 1) {
        const [id, mediaId] = [newId(), newId()];
        const video = at % 2 === 0;
        if (video) {
          const made = { id: mediaId, course_id: courseId, content_sha256: null };
          copy('media', made, `state = 'ready'`);
        }
        copy(
          'lesson',
          {
            ...{ id, course_id: courseId, chapter_id: chapterId, position: at, version: 1 },
            ...{ kind: video ? 'video' : 'article', media_id: video ? mediaId : null },
            ...{ title: `第 ${chapter}.${at} 节`, article_html: article, ...own },
          },
          '1 = 1',
        );
        lessonIds.push(id);
      }
    }
  }).immediate();
  db.close();
  return { courseId, lessonIds, cookie };
}
