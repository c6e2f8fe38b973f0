import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);

function findPrograms(): string {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions
    .map((v) => join(root, v, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
  if (!found) throw new Error('PostgreSQL is not installed: apt-get install postgresql-15');
  return found;
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export interface TemporaryPostgres {
  url: string;
  /** Ends it, cutting every connection, does what is to be done meanwhile, and starts it again on the same data. */
  restart(whileDown: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

/** A PostgreSQL in a temporary directory on a free port; initdb refuses root, so root runs it as `postgres`. */
export async function startTemporaryPostgres(): Promise<TemporaryPostgres> {
  const bin = findPrograms();
  const directory = mkdtempSync(join(tmpdir(), 'jiangxue-pg-'));
  const owner: { uid?: number; gid?: number } = {};
  if (process.getuid?.() === 0) {
    owner.uid = Number((await run('id', ['-u', 'postgres'])).stdout);
    owner.gid = Number((await run('id', ['-g', 'postgres'])).stdout);
    chownSync(directory, owner.uid, owner.gid);
  }
  const cwd = directory;
  const cluster = join(directory, 'cluster');
  await run(
    join(bin, 'initdb'),
    ['-D', cluster, '-U', 'jiangxue', '--auth=trust', '-E', 'UTF8', '--locale=C.UTF-8'],
    { ...owner, cwd },
  );
  const port = await findFreePort();
  const url = `postgres://jiangxue@127.0.0.1:${port}/postgres`;
  const begin = async () => {
    const server = spawn(
      join(bin, 'postgres'),
      [
        '-D',
        cluster,
        '-p',
        String(port),
        '-k',
        directory,
        '-c',
        'listen_addresses=127.0.0.1',
        '-c',
        'max_connections=200',
      ],
      { ...owner, cwd, stdio: 'ignore' },
    );
    await untilItAnswers(url);
    return server;
  };
  const end = async (server: ChildProcess) => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGINT');
    await ended;
  };
  let running = await begin();
  return {
    url,
    async restart(whileDown) {
      await end(running);
      await whileDown();
      running = await begin();
    },
    stop: async () => {
      await end(running);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function untilItAnswers(url: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (attempt > 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
