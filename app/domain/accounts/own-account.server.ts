import type { Db } from '~db/client.server';

/** Whether the person has chosen a password. */
export async function hasPassword(db: Db, personId: string): Promise<boolean> {
  const person = await db
    .selectFrom('person')
    .select('password_hash')
    .where('id', '=', personId)
    .executeTakeFirst();
  return (person?.password_hash ?? null) !== null;
}

/** What a person's own account page shows: login names and the consents given, newest first. */
export async function getOwnAccount(
  db: Db,
  personId: string,
): Promise<{ logins: string[]; consents: { version: string; givenAt: number }[] }> {
  const [logins, consents] = await Promise.all([
    db
      .selectFrom('login_name')
      .select('login_name')
      .where('person_id', '=', personId)
      .orderBy('kind')
      .orderBy('login_name')
      .execute(),
    db
      .selectFrom('consent')
      .select(['version', 'given_at as givenAt'])
      .where('person_id', '=', personId)
      .orderBy('given_at', 'desc')
      .execute(),
  ]);
  return { logins: logins.map((row) => row.login_name), consents };
}
