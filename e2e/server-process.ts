import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The built server as a process of its own, with all that it says. */
export interface ServerProcess {
  child: ChildProcess;
  url: string;
  port: number;
  dataDir: string;
  /** Standard output and error so far. */
  said(): string;
  /** The exit code, and after how many ms from now. */
  ended(): Promise<{ code: number | null; ms: number }>;
  /** Ends it if it still runs, and removes its folder. */
  remove(): Promise<void>;
}

export async function findFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Spawns the server; does not wait for it. A given `dataDir` is used again. */
export async function spawnServer(
  env: Record<string, string> = {},
  dataDir = mkdtempSync(join(tmpdir(), 'jiangxue-process-')),
): Promise<ServerProcess> {
  const port = await findFreePort();
  const build = join(process.env.BUILD_DIR ?? 'build', 'server', 'index.js');
  const child = spawn(process.execPath, [build], {
    env: { ...process.env, NODE_ENV: 'production', PORT: String(port), DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  }
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    child,
    port,
    dataDir,
    url: `http://127.0.0.1:${port}`,
    said: () => said,
    async ended() {
      const from = performance.now();
      const code = await exit;
      return { code, ms: performance.now() - from };
    },
    async remove() {
      if (child.exitCode === null) {
        child.kill('SIGKILL');
        await exit;
      }
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Waits until it is ready; returns how many ms that took. */
export async function untilReady(server: ServerProcess): Promise<number> {
  const from = performance.now();
  for (;;) {
    if (server.child.exitCode !== null) throw new Error(`the server ended: ${server.said()}`);
    const ready = await fetch(`${server.url}/readyz`).catch(() => undefined);
    if (ready?.ok) return performance.now() - from;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
