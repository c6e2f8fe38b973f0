import type { Db } from '~db/client.server';
import { prepareQuery } from '~db/prepared-query';
import {
  hashSessionId,
  REPLACED_SESSION_MS,
  SESSION_COOKIE,
} from '~/domain/accounts/sign-in-session.server';
import type { Clock } from '~/infra/clock.server';

/** A session that was ended is refused within this time. */
const OLDEST_MS = 5_000;
const MOST_ENTRIES = 50_000;

interface Entry {
  personId: string;
  expiresAt: number;
  /** On the process's monotonic timer. */
  checkedAt: number;
}

/** Finds who sends a request without asking the database for each one; at most 5 s behind it. */
export interface SignInCache {
  /** The person of the cookie's session, or undefined; at once where the session was looked up within the 5 s. */
  findPerson(cookies: string | undefined): string | undefined | Promise<string | undefined>;
}

const pattern = new RegExp(`(?:^|;\\s*)${SESSION_COOKIE}=([^;\\s]+)`);

const findSession = prepareQuery((db, asked: { idHash: string }) =>
  db
    .selectFrom('sign_in_session')
    .innerJoin('person', 'person.id', 'sign_in_session.person_id')
    .select([
      'sign_in_session.person_id',
      'sign_in_session.expires_at',
      'sign_in_session.replaced_at',
    ])
    .where('sign_in_session.id_hash', '=', asked.idHash)
    .where('person.disabled_at', 'is', null),
);

/** Creates the cache of this process. */
export function createSignInCache(db: Db, clock: Clock): SignInCache {
  const known = new Map<string, Entry>();

  const read = async (idHash: string): Promise<Entry | undefined> => {
    const [row] = await findSession(db, { idHash });
    if (!row) return undefined;
    const replacedUntil = (row.replaced_at ?? Infinity) + REPLACED_SESSION_MS;
    const expiresAt = Math.min(row.expires_at, replacedUntil);
    return { personId: row.person_id, expiresAt, checkedAt: performance.now() };
  };

  const personOf = (entry: Entry | undefined) =>
    entry && entry.expiresAt > clock.now() ? entry.personId : undefined;

  const lookUp = async (id: string): Promise<string | undefined> => {
    known.delete(id);
    const entry = await read(hashSessionId(id));
    if (entry) known.set(id, entry);
    if (known.size > MOST_ENTRIES) known.delete(known.keys().next().value ?? '');
    return personOf(entry);
  };

  return {
    findPerson(cookies) {
      const id = cookies === undefined ? undefined : pattern.exec(cookies)?.[1];
      if (id === undefined) return undefined;
      const entry = known.get(id);
      const isFresh = entry && performance.now() - entry.checkedAt <= OLDEST_MS;
      return isFresh ? personOf(entry) : lookUp(id);
    },
  };
}
