import SQLite from 'better-sqlite3';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newId } from '../app/domain/shared/new-id.server';

const SERVER = fileURLToPath(
  new URL(`../${process.env.BUILD_DIR ?? 'build'}/server/index.js`, import.meta.url),
);
const PASSWORD = 'bench-password';
const LESSONS = 20;

/** The demo world as `npm start` serves it, one of its classes with 20 lessons, and a learner of that class. */
export interface ServedWorld {
  url: string;
  /** Of the server's process. */
  pid: number;
  dataDir: string;
  cookie: string;
  enrollmentId: string;
  lessonId: string;
  stop(): void;
}

export async function serveWorld(given: Record<string, string> = {}): Promise<ServedWorld> {
  const dataDir = mkdtempSync(join(tmpdir(), 'jiangxue-bench-'));
  const env = {
    ...process.env,
    NODE_ENV: 'production' as const,
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    DEMO_PASSWORD: PASSWORD,
    LOG_LEVEL: 'warn',
    ...given,
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
  try {
    const { enrollmentId, lessonId } = fillClass(join(dataDir, 'jiangxue.sqlite'));
    const cookie = await signIn(url);
    return { url, pid: child.pid ?? 0, dataDir, cookie, enrollmentId, lessonId, stop };
  } catch (error) {
    stop();
    throw error;
  }
}

/** Signs a demo account in; returns its cookie. */
export async function signIn(url: string, login = 'worker31'): Promise<string> {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password: PASSWORD }),
  });
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  if (answer.status !== 204) throw new Error(`signing in was answered ${answer.status}`);
  return cookies.join('; ');
}

interface Place {
  enrollmentId: string;
  versionId: string;
  lessonId: string;
}

/** Brings the class of worker31 up to 20 lessons. */
function fillClass(file: string): Place {
  const db = new SQLite(file, { timeout: 5_000 });
  const place = db
    .prepare(
      `select e.id enrollmentId, cc.course_version_id versionId, l.lesson_id lessonId
         from login_name n join enrollment e on e.person_id = n.person_id
         join class_course cc on cc.class_id = e.class_id
         join course_version_lesson l on l.course_version_id = cc.course_version_id
        where n.login_name = 'worker31' and l.kind = 'video' order by l.position limit 1`,
    )
    .get() as Place;
  const count = db
    .prepare('select count(*) from course_version_lesson where course_version_id = ?')
    .pluck()
    .get(place.versionId) as number;
  const copy = (table: string, changed: Record<string, string | number>, where: string) => {
    const columns = db.pragma(`table_info(${table})`) as { name: string }[];
    const values = columns.map(({ name }) => (name in changed ? `@${name}` : `"${name}"`));
    db.prepare(`insert into ${table} select ${values.join(', ')} from ${table} where ${where}`).run(
      { ...changed, from: place.lessonId, version: place.versionId },
    );
  };
  for (let position = count + 1; position <= LESSONS; position += 1) {
    const id = newId();
    copy('lesson', { id, position }, 'id = @from');
    copy(
      'course_version_lesson',
      { lesson_id: id, position, title: `第 ${position} 课` },
      'lesson_id = @from and course_version_id = @version',
    );
  }
  db.close();
  return place;
}
