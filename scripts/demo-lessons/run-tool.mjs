import { execFileSync } from 'node:child_process';

/** Runs a program to its end, for a quarter of an hour at most, and returns what it printed. */
export function run(command, args) {
  return execFileSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 900_000,
  });
}

export const ffmpeg = (...args) =>
  run('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', ...args]);
