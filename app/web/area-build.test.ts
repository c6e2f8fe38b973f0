import { matchRoutes } from '@remix-run/react';
import type { RouteConfigEntry } from '@remix-run/route-config';
import { describe, expect, test } from 'vitest';
import sitemap from '../routes';
import { flattenRoutes } from '../sitemap';
import { areaOf, listAreas, routesOfArea } from './area-build.server';

type RouteObject = Parameters<typeof matchRoutes>[0][number];
type Manifest = Record<string, { id: string; parentId?: string; path?: string; index?: boolean }>;

/** The sitemap as a build holds it. */
function manifestOf(entries: readonly RouteConfigEntry[], parentId = 'root'): Manifest {
  const all: Manifest = parentId === 'root' ? { root: { id: 'root', path: '' } } : {};
  for (const { file: id, path, index, children } of entries) {
    all[id] = { id, parentId, ...(path ? { path } : {}), ...(index ? { index } : {}) };
    Object.assign(all, manifestOf(children ?? [], id));
  }
  return all;
}

function treeOf(manifest: Manifest, kept: Set<string>, parentId?: string): RouteObject[] {
  return Object.values(manifest)
    .filter((route) => route.parentId === parentId && kept.has(route.id))
    .map(({ id, path, index }): RouteObject => {
      const at = path === undefined ? {} : { path };
      return index ? { id, ...at, index } : { id, ...at, children: treeOf(manifest, kept, id) };
    });
}

const manifest = manifestOf(sitemap);
const whole = treeOf(manifest, new Set(Object.keys(manifest)));
const match = (routes: RouteObject[], path: string) =>
  matchRoutes(routes, path)?.map(({ route, params }) => ({ id: route.id, params }));

const addresses = flattenRoutes(sitemap)
  .map(({ path }) => path.replace(/:(\w+)/g, '$1-1').replace('*', 'no/such/address'))
  .filter((path) => path !== '/');

describe('an area answers as the whole sitemap does', () => {
  test.each(addresses)('%s', (path) => {
    const area = areaOf(path);
    const narrow = treeOf(manifest, routesOfArea(manifest, area));
    for (const one of [path, `${path}/nothing/here`, '/', `/${area}`])
      expect(match(narrow, one)).toEqual(match(whole, one));
  });
});

test('the data of a page lies in the area of the page, the start page in none', () => {
  expect(areaOf('/learn.data')).toBe('learn');
  expect(areaOf('/learn/classes/1.data')).toBe('learn');
  expect(areaOf('/')).toBe('');
  expect(areaOf('/_root.data')).toBe('_root');
});

test('what is no area goes to the whole sitemap', () => {
  const areas = listAreas(manifest);
  expect([...areas]).toEqual(expect.arrayContaining(['learn', 'teach', 'manage', 'api']));
  for (const other of ['', '_root', '*', '__manifest', 'Learn', '%6Cearn'])
    expect(areas.has(other)).toBe(false);
});
