import { startTemporaryPostgres } from './testing-postgres';

/** With TEST_ENGINE=postgres and no TEST_DATABASE_URL, starts a PostgreSQL of its own for the whole run. */
export default async function setUp(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.TEST_ENGINE !== 'postgres' || process.env.TEST_DATABASE_URL) return undefined;
  const postgres = await startTemporaryPostgres();
  process.env.TEST_DATABASE_URL = postgres.url;
  return () => postgres.stop();
}
