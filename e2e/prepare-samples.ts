import Database from 'better-sqlite3';
import Excel from 'exceljs';
import {
  partsOf,
  type PublicationContent,
} from '../app/domain/sign-offs/publication-content.server';
import { newId } from '../app/domain/shared/new-id.server';
import type { AccessSamples } from './access/cells';
import { ask, signInByApi } from './actors';
import { readSamples, type Samples } from './stored-world';
import type { World } from './world';

/** What belongs to 海岱动力集团 (own) and to 虞河技工学校 (foreign), with what the seed leaves out. */
export async function prepareSamples(
  world: World,
  stored: Database.Database,
): Promise<{ own: AccessSamples; foreign: AccessSamples }> {
  const own = readSamples(stored, '柴油机装调工（中级）秋季 2 班', 'worker01', 'worker12');
  const foreign = readSamples(stored, '焊工安全与氩弧焊入门 4 班', 'worker23', 'teacher05');
  return {
    own: await complete(world, stored, own, { learner: 'worker01', author: 'teacher02' }),
    foreign: await complete(world, stored, foreign, { learner: 'worker23', author: 'teacher05' }),
  };
}

async function complete(
  world: World,
  stored: Database.Database,
  samples: Samples,
  logins: { learner: string; author: string },
): Promise<AccessSamples> {
  return {
    ...samples,
    settleDay: leaveSettlement(stored, samples, logins.author),
    watchSessionId: await openPlayer(world, logins.learner, samples),
    uploadId: await beginUpload(world, logins.author, samples.courseId),
    messageId: leaveMessage(stored, samples, logins),
    applicationId: leaveApplication(stored, samples),
    appealId: await leaveAppeal(world, stored, samples, logins.learner),
    revisionId: leaveRevision(stored, samples, logins.author),
    ...leaveComment(stored, samples, logins.author),
    requestId: await leaveRequest(world, stored, samples, logins.author),
    otherMediaId: find(
      stored,
      'select id from media where course_id = ? and id <> ?',
      samples.courseId,
      samples.mediaId,
    ),
    articleLessonId: find(stored, 'select id from lesson where kind = ?', 'article'),
    ruleSetId: find(
      stored,
      `select rule_set_id from rule_set_version join training_class
        on training_class.rule_set_version_id = rule_set_version.id where training_class.id = ?`,
      samples.classId,
    ),
    ruleSetVersionId: find(
      stored,
      'select rule_set_version_id from training_class where id = ?',
      samples.classId,
    ),
    roster: await writeRoster(),
    authorId: find(stored, 'select person_id from login_name where login_name = ?', logins.author),
    elsewhereId: find(stored, 'select person_id from login_name where login_name = ?', 'worker36'),
    strangerOrganizationId: find(
      stored,
      'select id from organization where name = ?',
      '渠丰农机股份',
    ),
  };
}

/** A person in no class yet, who has applied. */
function leaveApplication(stored: Database.Database, { classId }: Samples): string {
  const id = newId();
  const personId = find(
    stored,
    'select person_id from login_name where login_name = ?',
    'worker35',
  );
  const values = { id, classId, personId, statusId: newId(), now: Date.now() };
  write(
    stored,
    values,
    `insert into enrollment (id, class_id, person_id, status, created_at)
     values (@id, @classId, @personId, 'applied', @now)`,
    `insert into enrollment_status (id, enrollment_id, status, from_at, by_person_id)
     values (@statusId, @id, 'applied', @now, @personId)`,
  );
  return id;
}

/** The learner appeals about the lesson, and a minute of it is corrected beside that. */
async function leaveAppeal(
  world: World,
  stored: Database.Database,
  { enrollmentId, lessonId }: Samples,
  login: string,
): Promise<string> {
  const of = `${enrollmentId}/lessons/${lessonId}`;
  const post = async (who: string, path: string, form: Record<string, string>) => {
    const answer = await ask(world, path, { cookie: await signInByApi(world, who), form });
    if (answer.status !== 302) throw new Error(`${path} was answered ${answer.status}`);
  };
  const text = '昨晚车间停电，后面五分钟没记上。';
  await post(login, `/learn/classes/${of}/class-hours`, { day: '', text });
  const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const correction = { day, time: '1', reason: '停电通知已核对' };
  await post('admin01', `/manage/class-hours/enrollments/${of}`, correction);
  return find(stored, 'select id from appeal where enrollment_id = ?', enrollmentId);
}

/** A candidate of the changed draft, signed by every side; the draft goes on changing. */
async function leaveRequest(
  world: World,
  stored: Database.Database,
  { courseId, chapterId }: Samples,
  author: string,
): Promise<string> {
  const rename = (title: string) =>
    write(stored, { title, chapterId }, 'update chapter set title = @title where id = @chapterId');
  rename('定稿里的章');
  const answer = await ask(world, `/teach/courses/${courseId}/publication`, {
    cookie: await signInByApi(world, author),
    form: { intent: 'request', note: '按教学计划发布' },
  });
  if (answer.status !== 200) throw new Error(`the candidate was answered ${answer.status}`);
  rename('定稿以后的章');
  const of = 'select id from publication_request where course_id = ?';
  const requestId = find(stored, of, courseId);
  const content = find(stored, of.replace('id', 'content'), courseId);
  const by = find(stored, 'select person_id from login_name where login_name = ?', author);
  for (const { organizationId, hash } of partsOf(JSON.parse(content) as PublicationContent)) {
    write(
      stored,
      { id: newId(), requestId, courseId, organizationId, hash, by, now: Date.now() },
      `insert into sign_off (id, request_id, course_id, organization_id, hash, signed_by, signed_at)
       values (@id, @requestId, @courseId, @organizationId, @hash, @by, @now)`,
    );
  }
  return requestId;
}

/** A comment of the author's about the lesson, and a suggestion for a place that is gone. */
function leaveComment(
  stored: Database.Database,
  { courseId, lessonId, organizationId }: Samples,
  author: string,
): Pick<AccessSamples, 'commentId' | 'threadId' | 'suggestionId'> {
  const gone = JSON.stringify({ type: { client: 7, clock: 0 }, assoc: 0 });
  const ids = { commentId: newId(), threadId: newId(), suggestionId: newId() };
  const by = find(stored, 'select person_id from login_name where login_name = ?', author);
  write(
    stored,
    { ...ids, courseId, lessonId, organizationId, by, gone, now: Date.now() },
    `insert into comment_thread (id, course_id, lesson_id, anchor, created_by, organization_id, created_at)
     values (@threadId, @courseId, @lessonId, 'lesson', @by, @organizationId, @now)`,
    `insert into comment_thread (id, course_id, lesson_id, anchor, range_start, range_end, quote, replacement,
       created_by, organization_id, created_at)
     values (@suggestionId, @courseId, @lessonId, 'text', @gone, @gone, '210', '220', @by, @organizationId, @now)`,
    `insert into comment (id, thread_id, person_id, organization_id, body, written_at)
     values (@commentId, @threadId, @by, @organizationId, '第二遍再看一次。', @now)`,
  );
  return ids;
}

/** What the lesson once was. */
function leaveRevision(
  stored: Database.Database,
  { courseId, lessonId }: Samples,
  author: string,
): string {
  const id = newId();
  const by = find(stored, 'select person_id from login_name where login_name = ?', author);
  const content = JSON.stringify({
    ...{ title: '旧标题', kind: 'video', mediaId: null, articleHtml: '<p>旧正文</p>' },
    ...{ authorId: by, producerOrganizationId: '' },
  });
  write(
    stored,
    { id, courseId, lessonId, content, by, now: Date.now() },
    `insert into course_revision (id, course_id, lesson_id, content, person_id, begun_at, ended_at)
     values (@id, @courseId, @lessonId, @content, @by, @now, @now)`,
  );
  return id;
}

/** A settlement of days before anybody studied in the class; answers the day after, of nothing either. */
function leaveSettlement(stored: Database.Database, { classId }: Samples, author: string): string {
  const by = find(stored, 'select person_id from login_name where login_name = ?', author);
  const daysBefore = `select date(starts_on, '-9 days') from training_class where id = ?`;
  const day = find(stored, daysBefore, classId);
  write(
    stored,
    { id: newId(), classId, by, day, now: Date.now() },
    `insert into settlement (id, class_id, number, from_day, to_day, minutes_per_class_hour,
       settled_by, settled_at, note)
     values (@id, @classId, 1, @day, @day, 45, @by, @now, '')`,
  );
  return find(
    stored,
    `select date(starts_on, '-8 days') from training_class where id = ?`,
    classId,
  );
}

function leaveMessage(
  stored: Database.Database,
  { classId }: Samples,
  logins: { learner: string; author: string },
): string {
  const person = 'select person_id from login_name where login_name = ?';
  const values = {
    id: newId(),
    classId,
    from: find(stored, person, logins.author),
    to: find(stored, person, logins.learner),
    now: Date.now(),
  };
  write(
    stored,
    values,
    `insert into message (id, class_id, sent_by, body, sent_at)
     values (@id, @classId, @from, '请在周五前学完。', @now)`,
    `insert into message_recipient (message_id, person_id, read_at) values (@id, @to, null)`,
  );
  return values.id;
}

function write(stored: Database.Database, values: object, ...statements: string[]): void {
  const database = new Database(stored.name, { timeout: 5_000 });
  for (const statement of statements) {
    const named = Object.entries(values).filter(([name]) => statement.includes(`@${name}`));
    database.prepare(statement).run(Object.fromEntries(named));
  }
  database.close();
}

async function writeRoster(): Promise<Uint8Array<ArrayBuffer>> {
  const book = new Excel.Workbook();
  const sheet = book.addWorksheet('名单');
  sheet.addRow(['姓名', '手机号', '工号', '角色']);
  sheet.addRow(['唐新民', '13500001234', '', '学员']);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

function find(stored: Database.Database, query: string, ...values: string[]): string {
  const found = stored
    .prepare(query)
    .pluck()
    .get(...values);
  if (typeof found !== 'string') throw new Error(`nothing for ${values.join()}`);
  return found;
}

async function openPlayer(world: World, login: string, samples: Samples): Promise<string> {
  const { enrollmentId, lessonId } = samples;
  const answer = await ask(world, '/api/watch-sessions', {
    cookie: await signInByApi(world, login),
    json: { enrollmentId, lessonId },
  });
  if (answer.status !== 201) throw new Error(`the player was answered ${answer.status}`);
  return ((await answer.json()) as { id: string }).id;
}

async function beginUpload(world: World, login: string, courseId: string): Promise<string> {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const answer = await ask(world, '/api/uploads', {
    method: 'POST',
    cookie: await signInByApi(world, login),
    headers: {
      'tus-resumable': '1.0.0',
      'upload-length': '9',
      'upload-metadata': `filename ${base64('a.mp4')},courseId ${base64(courseId)}`,
    },
  });
  if (answer.status !== 201) throw new Error(`the upload was answered ${answer.status}`);
  return answer.headers.get('location')?.split('/').pop() ?? '';
}
