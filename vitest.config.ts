import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { LongTestsFirst } from './scripts/long-tests-first';

// What takes minutes and is the same on both engines runs with the first one only.
const leftOut = process.env.TEST_ENGINE === 'postgres' ? ['**/*.once.test.ts'] : [];
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: { alias: { '~db': here('./db'), '~': here('./app') } },
  test: {
    include: ['{app,db,scripts,bench}/**/*.test.{ts,tsx}'],
    exclude: [...configDefaults.exclude, ...leftOut],
    environment: 'node',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    globalSetup: ['./db/testing.global.ts'],
    pool: 'forks',
    // More than the two cores of a small machine: films and disks are waited for.
    maxWorkers: 3,
    sequence: { sequencer: LongTestsFirst },
  },
});
