import type { Db } from '~db/client.server';

/** Runs several reads on one state of the database, so that a total equals its rows while others write. */
export function readSnapshot<T>(db: Db, read: (db: Db) => Promise<T>): Promise<T> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(read);
}
