import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import routes from './routes';
import { flattenRoutes } from './sitemap';

const root = join(import.meta.dirname, '..');
const openapi = parse(readFileSync(join(root, 'docs', 'openapi.yaml'), 'utf8')) as {
  paths: Record<string, Record<string, unknown>>;
};

/** What the server answers before the pages (app/server.ts and app/web). */
const SERVER_PATHS = [
  '/api/uploads',
  '/api/uploads/{id}',
  '/api/watch-sessions/{id}/beats',
  '/api/lesson-texts/{lessonId}',
  '/api/course-drafts/{courseId}',
  '/api/lesson-files',
  '/api/clock',
  '/healthz',
  '/readyz',
  '/metrics',
];

const inBraces = (path: string) => path.replace(/:(\w+)/g, '{$1}');

test('the contract names every JSON route of the sitemap, and no other', () => {
  const served = flattenRoutes(routes)
    .map(({ path }) => inBraces(path))
    .filter((path) => path.startsWith('/api/') && !path.endsWith('*'));
  expect(Object.keys(openapi.paths).sort()).toEqual([...served, ...SERVER_PATHS].sort());
});

test('docs/api.md speaks of every address of the contract', () => {
  const text = readFileSync(join(root, 'docs', 'api.md'), 'utf8');
  const missing = Object.keys(openapi.paths).filter(
    (path) => !text.includes(path.replace('/{id}', '')) && !text.includes(path),
  );
  expect(missing).toEqual([]);
});
