import type { Logger } from 'pino';
import type { DatabaseClient, Db } from '~db/client.server';
import type { Viewer } from '~/domain/accounts/viewer.server';
import type { BeatRecorder } from '~/domain/class-hours/beat-recorder.server';
import type { Clock } from '~/infra/clock.server';
import type { Settings } from '~/infra/environment.server';
import type { MediaStore } from '~/infra/media-store.server';

/** What one server process is made of; handed to every loader and action as its context. */
export interface Platform {
  db: Db;
  client: DatabaseClient;
  clock: Clock;
  settings: Settings;
  mediaStore: MediaStore;
  beatRecorder: BeatRecorder;
  log: Logger;
}

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true;
  }

  interface AppLoadContext extends Platform {
    /** The caller's address, with TRUST_PROXY taken into account. */
    address: string;
    /** Whether the caller's connection is TLS, at us or at a trusted proxy. */
    secure: boolean;
    /** The script nonce of this answer's content security policy. */
    nonce: string;
    requestId: string;
    /** Adds a Set-Cookie to this answer. */
    setCookie?: (cookie: string) => void;
    /** Who sends this one request, once found (web/session.server.ts). */
    viewers?: Map<string, Promise<Viewer | undefined>>;
  }
}
