import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openDatabase, type DatabaseClient, type Engine } from './client.server';
import { migrate } from './migrate';
import { migrations } from './migrations';

export const testEngine: Engine = process.env.TEST_ENGINE === 'postgres' ? 'postgres' : 'sqlite';

const stamp = `${process.ppid}-${Object.keys(migrations).length}`;

/** A database of its own for one test file: a copy of one migrated file, or of one migrated template. */
export async function openTestDatabase(
  given: { clockDriven?: boolean } = {},
): Promise<DatabaseClient> {
  return testEngine === 'sqlite' ? openSqliteCopy() : openPostgresCopy(given);
}

async function openSqliteCopy(): Promise<DatabaseClient> {
  const template = join(tmpdir(), `jiangxue-template-${stamp}.sqlite`);
  if (!existsSync(template)) {
    const building = `${template}.${process.pid}`;
    const client = openDatabase(`file:${building}`);
    await migrate(client, 0);
    await client.close();
    renameSync(building, template);
  }
  const directory = mkdtempSync(join(tmpdir(), 'jiangxue-test-'));
  const file = join(directory, 'test.sqlite');
  copyFileSync(template, file);
  const client = openDatabase(`file:${file}`);
  return {
    ...client,
    close: async () => {
      await client.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function openPostgresCopy(given: { clockDriven?: boolean }): Promise<DatabaseClient> {
  const admin = process.env.TEST_DATABASE_URL;
  if (!admin) throw new Error('TEST_DATABASE_URL is not set');
  const name = `test_${process.pid}_${Math.random().toString(36).slice(2)}`;
  const base = new pg.Client({ connectionString: admin });
  await base.connect();
  const template = `template_${stamp.replace(/-/g, '_')}`;
  try {
    await base.query('select pg_advisory_lock(41)');
    const known = await base.query('select 1 from pg_database where datname = $1', [template]);
    if (known.rowCount === 0) {
      await base.query(`create database ${template}`);
      const client = openDatabase(withDatabase(admin, template));
      await migrate(client, 0);
      await client.close();
    }
    await base.query(`create database ${name} template ${template}`);
  } finally {
    await base.end();
  }
  const client = openDatabase(withDatabase(admin, name), given);
  return {
    ...client,
    close: async () => {
      await client.close();
      const dropper = new pg.Client({ connectionString: admin });
      await dropper.connect();
      await dropper.query(`drop database if exists ${name} with (force)`);
      await dropper.end();
    },
  };
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}
