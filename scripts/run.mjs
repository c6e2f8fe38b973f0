import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDependencies, loadEnvFile, requireNode, root } from './prepare.mjs';

const [name, ...args] = process.argv.slice(2);
requireNode();
loadEnvFile();
if (!existsSync(join(root, 'node_modules'))) ensureDependencies();
const done = spawnSync(
  process.execPath,
  ['--import', 'tsx', join(root, 'scripts', `${name}.ts`), ...args],
  { cwd: root, stdio: 'inherit' },
);
process.exit(done.status ?? 1);
