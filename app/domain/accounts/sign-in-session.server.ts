import { Lucia, TimeSpan, type Adapter, type DatabaseSession } from 'lucia';
import type { Db, Trx } from '~db/client.server';
import { prepareQuery } from '~db/prepared-query';
import { hashSecret } from './secret-hash.server';

export const SESSION_COOKIE = 'jx_session';

/** Requests already under way when a session gets a new id may still use the old one this long. */
export const REPLACED_SESSION_MS = 30_000;

interface SessionFacts {
  /** The person's roles changed after this session was opened: it needs a new id. */
  outdated: boolean;
}

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<SessionFacts>;
    DatabaseSessionAttributes: Partial<SessionFacts>;
  }
}

/** SHA-256 of a session id, hex: all that the database keeps of it. */
export const hashSessionId = hashSecret;

/** The sessions that are good: not replaced, or only after the moment `since`, ms. */
function sessions(db: Db, since: number) {
  return db
    .selectFrom('sign_in_session')
    .innerJoin('person', 'person.id', 'sign_in_session.person_id')
    .selectAll('sign_in_session')
    .select('person.roles_changed_at')
    .where((eb) =>
      eb.or([
        eb('sign_in_session.replaced_at', 'is', null),
        eb('sign_in_session.replaced_at', '>', since),
      ]),
    );
}

const findSession = prepareQuery((db, asked: { idHash: string; since: number }) =>
  sessions(db, asked.since).where('id_hash', '=', asked.idHash),
);

/**
 * Lucia over our tables: ids are hashed on the way in, so a stolen database signs nobody in. Lucia reads the
 * machine's clock itself; its moments are shifted on the way, so that the tables hold server time.
 */
function sessionAdapter(db: Db, now: () => number): Adapter {
  const serverTime = (moment: Date) => moment.getTime() - Date.now() + now();
  return {
    async getSessionAndUser(id) {
      const since = now() - REPLACED_SESSION_MS;
      const [row] = await findSession(db, { idHash: hashSecret(id), since });
      if (!row) return [null, null];
      return [toSession(row, id, now()), { id: row.person_id, attributes: {} }];
    },
    async getUserSessions(personId) {
      const rows = await sessions(db, now() - REPLACED_SESSION_MS)
        .where('person_id', '=', personId)
        .execute();
      return rows.map((row) => toSession(row, row.id_hash, now()));
    },
    async setSession(session) {
      await db
        .insertInto('sign_in_session')
        .values({
          id_hash: hashSecret(session.id),
          person_id: session.userId,
          expires_at: serverTime(session.expiresAt),
          created_at: now(),
        })
        .execute();
    },
    async updateSessionExpiration(id, expiresAt) {
      await db
        .updateTable('sign_in_session')
        .set({ expires_at: serverTime(expiresAt) })
        .where('id_hash', '=', hashSecret(id))
        .execute();
    },
    async deleteSession(id) {
      await db.deleteFrom('sign_in_session').where('id_hash', '=', hashSecret(id)).execute();
    },
    async deleteUserSessions(personId) {
      await db.deleteFrom('sign_in_session').where('person_id', '=', personId).execute();
    },
    async deleteExpiredSessions() {
      await db
        .deleteFrom('sign_in_session')
        .where((eb) =>
          eb.or([
            eb('expires_at', '<=', now()),
            eb('replaced_at', '<=', now() - REPLACED_SESSION_MS),
          ]),
        )
        .execute();
    },
  };
}

interface SessionRow {
  person_id: string;
  expires_at: number;
  created_at: number;
  replaced_at: number | null;
  roles_changed_at: number | null;
}

function toSession(row: SessionRow, id: string, now: number): DatabaseSession {
  const outdated = row.replaced_at === null && (row.roles_changed_at ?? -1) >= row.created_at;
  return {
    id,
    userId: row.person_id,
    expiresAt: new Date(row.expires_at - now + Date.now()),
    attributes: { outdated },
  };
}

/**
 * The sign-in sessions of the platform: 30 days, renewed by use in their second half.
 * `secure` sets the cookie's Secure flag.
 */
export function signInSessions(db: Db, now: () => number, secure: boolean): Lucia<SessionFacts> {
  return new Lucia(sessionAdapter(db, now), {
    sessionExpiresIn: new TimeSpan(30, 'd'),
    sessionCookie: {
      name: SESSION_COOKIE,
      attributes: { secure, sameSite: 'lax', path: '/' },
    },
    getSessionAttributes: (attributes) => ({ outdated: attributes.outdated === true }),
  });
}

/** Marks a session as replaced by a newer id; false when another request has done so already. */
export async function replaceSession(db: Db, id: string, now: number): Promise<boolean> {
  const result = await db
    .updateTable('sign_in_session')
    .set({ replaced_at: now })
    .where('id_hash', '=', hashSecret(id))
    .where('replaced_at', 'is', null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}

/** Signs a person out everywhere. */
export async function endSessions(trx: Db | Trx, personId: string): Promise<void> {
  await trx.deleteFrom('sign_in_session').where('person_id', '=', personId).execute();
}
