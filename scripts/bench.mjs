import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuild, ensureDependencies, requireNode, root } from './prepare.mjs';

requireNode();
ensureDependencies();
ensureBuild();
const done = spawnSync(
  process.execPath,
  ['--import', 'tsx', join(root, 'bench', 'main.ts'), ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit', env: { ...process.env, NODE_ENV: 'production' } },
);
process.exit(done.status ?? 1);
