import { ensureDependencies, npm, requireNode } from './prepare.mjs';

requireNode();
ensureDependencies();
const steps = [
  ['run', '--silent', 'format:check', '--', '--log-level=warn'],
  ['run', '--silent', 'lint'],
  ['run', '--silent', 'typecheck'],
  ['exec', '--', 'vitest', 'run', '--reporter=dot'],
];
for (const step of steps) {
  if (npm(step).status !== 0) process.exit(1);
}
