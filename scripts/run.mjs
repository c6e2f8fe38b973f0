import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDependencies, loadEnvFile, requireNode, root } from './prepare.mjs';

const [name, ...args] = process.argv.slice(2);
requireNode();
loadEnvFile();
if (!existsSync(join(root, 'node_modules'))) ensureDependencies();
const child = spawn(
  process.execPath,
  ['--import', 'tsx', join(root, 'scripts', `${name}.ts`), ...args],
  { cwd: root, stdio: 'inherit' },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
