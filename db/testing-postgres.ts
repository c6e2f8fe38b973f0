import { execFile, spawn } from 'node:child_process';
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

/** A PostgreSQL in a temporary directory on a free port; initdb refuses root, so root runs it as `postgres`. */
export async function startTemporaryPostgres(): Promise<{ url: string; stop(): Promise<void> }> {
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
  const url = `postgres://jiangxue@127.0.0.1:${port}/postgres`;
  for (let attempt = 0; ; attempt += 1) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      break;
    } catch (error) {
      if (attempt > 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  return {
    url,
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGINT');
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
