import { vitePlugin as remix } from '@remix-run/dev';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import remixOptions from './remix.config.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Remix would bundle only its own handler; ours starts one level up, so that the pages, the uploads
// and the beats share one module graph and one database connection (docs/decisions/0005).
const serverEntry: Plugin = {
  name: 'server-entry',
  enforce: 'post',
  config: (_config, { isSsrBuild }) =>
    isSsrBuild ? { build: { rollupOptions: { input: './app/server.ts' } } } : undefined,
};

// What every page shares comes in one file: on a slow line a request costs more than its bytes.
const kitInOneChunk = (id: string) =>
  /@tabler\/icons-react|\/app\/ui\/(?!mantine|theme)[\w-]+\.tsx?$|\/app\/i18n\/(locale|messages\/(root|shell))\./.test(
    id,
  )
    ? 'kit'
    : undefined;

export default defineConfig({
  plugins: [remix({ ...remixOptions, serverModuleFormat: 'esm' }), serverEntry],
  resolve: { alias: { '~db': here('./db'), '~': here('./app') } },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    rollupOptions: { output: { manualChunks: kitInOneChunk } },
  },
});
