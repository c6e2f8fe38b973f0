import { Lucia, TimeSpan, type Adapter, type DatabaseSession } from 'lucia';
import { createHash } from 'node:crypto';
import type { Db } from '~db/client.server';

export const SESSION_COOKIE = 'jx_session';

/** SHA-256 of a session id, hex: all that the database keeps of it. */
export function hashSessionId(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}

/** Lucia over our tables: ids are hashed on the way in, so a stolen database signs nobody in. */
function sessionAdapter(db: Db, now: () => number): Adapter {
  const sessions = () => db.selectFrom('sign_in_session').selectAll();
  return {
    async getSessionAndUser(id) {
      const row = await sessions().where('id_hash', '=', hashSessionId(id)).executeTakeFirst();
      if (!row) return [null, null];
      return [toSession(row, id), { id: row.person_id, attributes: {} }];
    },
    async getUserSessions(personId) {
      const rows = await sessions().where('person_id', '=', personId).execute();
      return rows.map((row) => toSession(row, row.id_hash));
    },
    async setSession(session) {
      await db
        .insertInto('sign_in_session')
        .values({
          id_hash: hashSessionId(session.id),
          person_id: session.userId,
          expires_at: session.expiresAt.getTime(),
          created_at: now(),
        })
        .execute();
    },
    async updateSessionExpiration(id, expiresAt) {
      await db
        .updateTable('sign_in_session')
        .set({ expires_at: expiresAt.getTime() })
        .where('id_hash', '=', hashSessionId(id))
        .execute();
    },
    async deleteSession(id) {
      await db.deleteFrom('sign_in_session').where('id_hash', '=', hashSessionId(id)).execute();
    },
    async deleteUserSessions(personId) {
      await db.deleteFrom('sign_in_session').where('person_id', '=', personId).execute();
    },
    async deleteExpiredSessions() {
      await db.deleteFrom('sign_in_session').where('expires_at', '<=', now()).execute();
    },
  };
}

function toSession(row: { person_id: string; expires_at: number }, id: string): DatabaseSession {
  return { id, userId: row.person_id, expiresAt: new Date(row.expires_at), attributes: {} };
}

/**
 * The sign-in sessions of the platform: 30 days, renewed by use in their second half.
 * `secure` sets the cookie's Secure flag.
 */
export function signInSessions(db: Db, now: () => number, secure: boolean): Lucia {
  return new Lucia(sessionAdapter(db, now), {
    sessionExpiresIn: new TimeSpan(30, 'd'),
    sessionCookie: {
      name: SESSION_COOKIE,
      attributes: { secure, sameSite: 'lax', path: '/' },
    },
  });
}
