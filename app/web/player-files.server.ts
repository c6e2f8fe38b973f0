import { readFileSync } from 'node:fs';

// The bundle lies in <build>/server, what Vite tells of the browser's files beside it.
const MANIFEST = new URL('../.vite/client-manifest.json', import.meta.url);

interface Chunk {
  file: string;
  css?: string[];
  /** Keys of the chunks that it imports at once. */
  imports?: string[];
}

const PLAYER = ['app/player/video-player.ts', 'app/player/start-study.ts'];
/** What the page itself brings. */
const PAGE = ['app/root.tsx', 'app/routes/learn/layout.tsx', 'app/routes/learn/lesson.tsx'];

/** Addresses; a page names them as its `laterFiles`. */
export interface PlayerFiles {
  scripts: string[];
  styles: string[];
}

let found: PlayerFiles | undefined;

/**
 * The addresses of what the player of a lesson consists of, beside what its page brings, the largest first; none
 * where there is no build (development).
 */
export function listPlayerFiles(): PlayerFiles {
  return (found ??= choosePlayerFiles(readManifest()));
}

/** The same out of a build's manifest: sources and chunks by key. */
export function choosePlayerFiles(manifest: Record<string, Chunk>): PlayerFiles {
  const page = withImports(manifest, PAGE);
  const chunks = [...withImports(manifest, PLAYER)].filter((key) => !page.has(key));
  const files = (pick: (chunk: Chunk) => string[]) => [
    ...new Set(chunks.flatMap((key) => (manifest[key] ? pick(manifest[key]) : []))),
  ];
  return {
    scripts: files((chunk) => [`/${chunk.file}`]),
    styles: files((chunk) => (chunk.css ?? []).map((file) => `/${file}`)),
  };
}

/** The chunks of these sources and all that they import. */
function withImports(manifest: Record<string, Chunk>, sources: readonly string[]): Set<string> {
  const keys = new Set<string>();
  const waiting = Object.keys(manifest).filter((key) => sources.includes(key.split('?')[0] ?? ''));
  for (let key = waiting.shift(); key !== undefined; key = waiting.shift()) {
    if (keys.has(key)) continue;
    keys.add(key);
    waiting.push(...(manifest[key]?.imports ?? []));
  }
  return keys;
}

function readManifest(): Record<string, Chunk> {
  try {
    return JSON.parse(readFileSync(MANIFEST, 'utf8')) as Record<string, Chunk>;
  } catch {
    return {};
  }
}
