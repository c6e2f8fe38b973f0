import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { request as send, type IncomingMessage } from 'node:http';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from './world';

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

/** A page as it comes over the line: fetch would unpack it. */
async function openRaw(url: string, encodings: string): Promise<[IncomingMessage, Buffer]> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    send(url, { headers: { 'accept-encoding': encodings } }, resolve)
      .once('error', reject)
      .end();
  });
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(part as Buffer);
  return [answer, Buffer.concat(parts)];
}

test('a page comes compressed to those who take it so, the same to all', async ({ world }) => {
  const page = `${world.url}/sign-in`;
  const withoutNonce = (html: Buffer) => html.toString('utf8').replace(/nonce="[^"]*"/g, '');
  const [packed, bytes] = await openRaw(page, 'br;q=0, gzip');
  expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip' });
  expect(packed.headers.vary).toMatch(/accept-encoding/i);
  for (const encodings of ['identity', 'gzip;q=0']) {
    const [plain, html] = await openRaw(page, encodings);
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(html.length).toBeGreaterThan(2 * bytes.length);
    expect(withoutNonce(html).length).toBe(withoutNonce(gunzipSync(bytes)).length);
  }
});
