import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: { alias: { '~db': here('./db'), '~': here('./app') } },
  test: {
    include: ['{app,db,scripts,bench}/**/*.test.{ts,tsx}'],
    environment: 'node',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    globalSetup: ['./db/testing.global.ts'],
    pool: 'forks',
    maxWorkers: 2,
  },
});
