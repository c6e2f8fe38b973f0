import type { AppLoadContext, LoaderFunctionArgs } from '@remix-run/node';
import pino from 'pino';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseClient } from '~db/client.server';
import { createBeatRecorder } from '~/domain/class-hours/beat-recorder.server';
import { createBeatStore } from '~/domain/class-hours/beat-store.server';
import { readEnvironment } from '~/infra/environment.server';
import { openMediaStore } from '~/infra/media-store.server';
import { privacy } from '~/i18n/privacy';
import { openSession } from './session.server';

/** For tests: what the server hands to a loader, over a test database and a clock that stands still at `now`. */
export function testContext(client: DatabaseClient, now: number): AppLoadContext {
  const settings = readEnvironment({ DATA_DIR: join(tmpdir(), 'jiangxue-test-data') });
  const clock = { now: () => now };
  return {
    db: client.db,
    client,
    clock,
    settings,
    beatRecorder: createBeatRecorder(
      createBeatStore({ db: client.db, clock, zone: settings.zone }),
    ),
    mediaStore: openMediaStore(`file:${join(tmpdir(), 'jiangxue-test-media')}`),
    log: pino({ level: 'silent' }),
    address: '127.0.0.1',
    secure: false,
    nonce: 'test',
    requestId: 'test',
  };
}

/** For tests: the cookie of a person who has finished their first sign-in and is signed in now. */
export async function signedInCookie(context: AppLoadContext, personId: string): Promise<string> {
  const now = context.clock.now();
  await context.db
    .updateTable('person')
    .set({ password_hash: 'no password fits this', password_set_at: now })
    .where('id', '=', personId)
    .execute();
  await context.db
    .insertInto('consent')
    .values({ person_id: personId, version: privacy.version, given_at: now })
    .onConflict((c) => c.doNothing())
    .execute();
  const cookie = await openSession(context, personId);
  return cookie.split(';')[0] ?? '';
}

/** For tests: the arguments of a loader or action for a request to `path`. */
export function requestArgs(
  context: AppLoadContext,
  path: string,
  given: {
    cookie?: string;
    locale?: 'zh' | 'en';
    params?: Record<string, string>;
    form?: [string, string][];
  } = {},
): LoaderFunctionArgs {
  const cookies = [given.cookie, given.locale && `jx_locale=${given.locale}`].filter(Boolean);
  const init: RequestInit = { headers: { cookie: cookies.join('; ') } };
  if (given.form) {
    init.method = 'POST';
    init.body = new URLSearchParams(given.form);
  }
  const request = new Request(new URL(path, 'http://localhost'), init);
  return { request, context, params: given.params ?? {} };
}
