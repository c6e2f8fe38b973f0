import type Database from 'better-sqlite3';
import type { AccessSamples } from './access-table';
import { ask, signInByApi } from './actors';
import { readSamples } from './stored-world';
import type { World } from './world';

/** What belongs to 海岱动力集团 (own) and to 虞河技工学校 (foreign), with what the seed leaves out. */
export async function prepareSamples(
  world: World,
  stored: Database.Database,
): Promise<{ own: AccessSamples; foreign: AccessSamples }> {
  const own = readSamples(stored, '柴油机装调工（中级）秋季 2 班', 'worker01');
  const foreign = readSamples(stored, '焊工安全与氩弧焊入门 4 班', 'worker23');
  return {
    own: { ...own, watchSessionId: await openPlayer(world, 'worker01', own) },
    foreign: { ...foreign, watchSessionId: await openPlayer(world, 'worker23', foreign) },
  };
}

async function openPlayer(
  world: World,
  login: string,
  wanted: { enrollmentId: string; lessonId: string },
): Promise<string> {
  const cookie = await signInByApi(world, login);
  const { enrollmentId, lessonId } = wanted;
  const answer = await ask(world, '/api/watch-sessions', {
    cookie,
    json: { enrollmentId, lessonId },
  });
  if (answer.status !== 201) throw new Error(`the player was answered ${answer.status}`);
  return ((await answer.json()) as { id: string }).id;
}
