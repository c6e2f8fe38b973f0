import { spawn } from 'node:child_process';
import { join } from 'node:path';
import {
  ensureBuild,
  ensureDependencies,
  ensurePackages,
  loadEnvFile,
  needs,
  requireNode,
  root,
  say,
} from './prepare.mjs';

requireNode();
loadEnvFile();
ensureDependencies();
if (ensurePackages(needs.ffmpeg).length > 0) {
  say(
    'ffmpeg is missing: uploads will wait for conversion until you run "apt-get install ffmpeg" as root',
  );
}
ensureBuild();

const server = spawn(process.execPath, [join(root, 'build', 'server', 'index.js')], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, NODE_ENV: 'production' },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal));
server.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
