import { expect, test } from '@playwright/test';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const LARGEST = 160_000;
const client = join(process.env.BUILD_DIR ?? 'build', 'client');

interface Part {
  module: string;
  imports?: string[];
}
interface Manifest {
  entry: Part;
  routes: Record<string, Part & { id: string; path?: string; parentId?: string }>;
}

function readManifest(): Manifest {
  const file = readdirSync(join(client, 'assets')).find((name) => /^manifest-.*\.js$/.test(name));
  if (!file) throw new Error('the build has no manifest');
  const text = readFileSync(join(client, 'assets', file), 'utf8');
  return JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)) as Manifest;
}

/** The module and all that it imports statically, by the files themselves. */
function withImports(module: string, found = new Set<string>()): Set<string> {
  const path = join(client, module.replace(/^\//, ''));
  if (found.has(path)) return found;
  found.add(path);
  const source = readFileSync(path, 'utf8');
  for (const [, target] of source.matchAll(
    /(?:^|[;}\n])(?:import|export)[^;"'()]*["'](\.\/[^"']+)["']/g,
  )) {
    if (target) withImports(`assets/${target}`, found);
  }
  return found;
}

test('a learner’s page brings at most 160 kB of JavaScript before the player is asked for', () => {
  const manifest = readManifest();
  const figures: [number, string][] = [];
  for (const route of Object.values(manifest.routes)) {
    if (!/^routes\/(learn|catalog)\/|^routes\/account\//.test(route.id)) continue;
    const parts: Part[] = [manifest.entry];
    for (let at: string | undefined = route.id; at; at = manifest.routes[at]?.parentId) {
      const part = manifest.routes[at];
      if (part) parts.push(part);
    }
    const files = new Set<string>();
    for (const part of parts) {
      for (const module of [part.module, ...(part.imports ?? [])]) withImports(module, files);
    }
    const bytes = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);
    figures.push([bytes, route.id]);
    expect(
      [...files].filter((file) => readFileSync(file, 'utf8').includes('vjs-control-bar')),
    ).toEqual([]);
  }
  figures.sort(([a], [b]) => b - a);
  for (const [bytes, id] of figures)
    console.log(`${String(Math.round(bytes / 100) / 10).padStart(7)} kB  ${id}`);
  expect(figures.length).toBeGreaterThan(0);
  expect(figures.filter(([bytes]) => bytes > LARGEST)).toEqual([]);
});
