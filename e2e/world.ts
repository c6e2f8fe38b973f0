import { test as base, expect, type Page } from '@playwright/test';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const PASSWORD = 'journey-password';

/** A server of its own with a fresh demo world, started from the build as `npm start` does. */
export interface World {
  url: string;
  dataDir: string;
  /** Of the server's process. */
  pid(): number;
  /** SIGKILL, then the same data again on the same port; `meanwhile` looks at what is left while nothing runs. */
  killAndRestart(meanwhile?: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

async function findFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

export async function startWorld(env: Record<string, string> = {}): Promise<World> {
  const dataDir = mkdtempSync(join(tmpdir(), 'jiangxue-world-'));
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const build = join(process.env.BUILD_DIR ?? 'build', 'server', 'index.js');
  const start = async (): Promise<ChildProcess> => {
    const child = spawn(process.execPath, [build], {
      env: {
        ...process.env,
        NODE_ENV: 'production',
        PORT: String(port),
        DATA_DIR: dataDir,
        DEMO_PASSWORD: PASSWORD,
        LOG_LEVEL: 'warn',
        ...env,
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    for (;;) {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
      const ready = await fetch(`${url}/readyz`).catch(() => undefined);
      if (ready?.ok) return child;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const end = async (child: ChildProcess, signal: NodeJS.Signals) => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null) {
      child.kill(signal);
      await ended;
    }
  };
  let server = await start();
  return {
    url,
    dataDir,
    pid: () => server.pid ?? 0,
    async killAndRestart(meanwhile) {
      await end(server, 'SIGKILL');
      await meanwhile?.();
      server = await start();
    },
    async stop() {
      await end(server, 'SIGTERM');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** One world for all files that do not bring their own; any page error or console error that a test did not expect fails it. */
export const test = base.extend<{ quiet: undefined }, { world: World }>({
  world: [
    async ({}, provide) => {
      const world = await startWorld();
      await provide(world);
      await world.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  baseURL: async ({ world }, provide) => provide(world.url),
  quiet: [
    async ({ page }, provide) => {
      const noises = listenForNoise(page);
      await provide(undefined);
      expect(noises).toEqual([]);
    },
    { auto: true },
  ],
});

/** Collects what a page should never say: exceptions and console errors other than refused requests. */
export function listenForNoise(page: Page): string[] {
  const noises: string[] = [];
  page.on('pageerror', (error) => noises.push(String(error)));
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !/Failed to load resource|ERR_/.test(text)) noises.push(text);
  });
  return noises;
}

export { expect };

/** Signs in through the page, as a person does. */
export async function signIn(page: Page, login: string, password = PASSWORD): Promise<void> {
  await page.goto('/sign-in');
  await page
    .getByLabel(/手机号|账号|Phone|account/i)
    .first()
    .fill(login);
  await page
    .getByLabel(/^密码|^Password/)
    .first()
    .fill(password);
  await page.getByRole('button', { name: /^登录$|^Sign in$/ }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}
