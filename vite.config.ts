import { vitePlugin as remix } from '@remix-run/dev';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';
import remixOptions from './remix.config.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const serverEntries = {
  input: { index: './app/server.ts', 'beat-thread': './app/beat-thread.ts' },
  output: { entryFileNames: '[name].js' },
};

// Remix would bundle only its own handler; ours starts one level up, so that the pages, the uploads
// and the beats share one module graph and one database connection (docs/decisions/0005).
const serverEntry: Plugin = {
  name: 'server-entry',
  enforce: 'post',
  config: (_config, { isSsrBuild }) =>
    isSsrBuild ? { build: { rollupOptions: serverEntries } } : undefined,
};

// On a slow line a request costs more than its bytes: what every page shares comes in one file, what every
// learner's page shares in a second.
function sharedChunk(id: string): string | undefined {
  const shared =
    /@tabler\/icons-react|vite\/preload-helper|\/app\/domain\/media\/cue-time|\/app\/ui\/(?!mantine|theme|password-field)[\w-]+\.tsx?$|\/app\/i18n\/([\w-]+|messages\/(root|shell))\.tsx?$/;
  if (shared.test(id)) return 'kit';
  if (
    /\/app\/i18n\/messages\/learn\.ts$|\/app\/routes\/learn\/lesson-row\.ts$|\/domain\/media\/(quality|first-parts)\.ts$|\/player\/fetched-ahead\.ts$/.test(
      id,
    )
  )
    return 'learn';
  return undefined;
}

/** Lays a .br and a .gz beside each asset, so that serving one costs no work. */
const compressedAssets: Plugin = {
  name: 'compressed-assets',
  apply: 'build',
  enforce: 'post',
  async closeBundle() {
    const folder = join(remixOptions.buildDirectory, 'client', 'assets');
    const files = (await readdir(folder)).filter((name) => /\.(js|css|svg)$/.test(name));
    for (const name of files) {
      const content = await readFile(join(folder, name));
      await writeFile(join(folder, `${name}.gz`), gzipSync(content, { level: 9 }));
      await writeFile(join(folder, `${name}.br`), brotliCompressSync(content));
    }
  },
};

export default defineConfig({
  plugins: [remix({ ...remixOptions, serverModuleFormat: 'esm' }), serverEntry, compressedAssets],
  // Packages of hundreds of small files go into the server's bundle: a start reads one file instead, and a killed
  // server is ready again in time.
  ssr: { noExternal: [/^@mantine\//, 'kysely', 'zod'] },
  resolve: {
    alias: {
      '~db': here('./db'),
      '~': here('./app'),
      // video.js brings a parser of DASH and one of XML, of which we serve nothing: a tenth of the player.
      'mpd-parser': here('./app/player/no-dash.ts'),
    },
  },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    // From it the page of a lesson knows the player's files (app/web/player-files.server.ts).
    manifest: true,
    rollupOptions: {
      output: { manualChunks: sharedChunk },
      // Tabler's own components: of its modules we take the drawings alone (app/ui/icons.tsx).
      treeshake: { manualPureFunctions: ['createReactComponent'] },
    },
  },
});
