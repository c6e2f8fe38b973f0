import { spawnSync } from 'node:child_process';
import { basename, dirname, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { makeClip } from '~/domain/media/testing-clips';

const root = resolve(import.meta.dirname, '..');

test('one JSON line a file and nothing else, whatever becomes of each', () => {
  const film = makeClip('silent.mp4');
  const names = [basename(film), makeClip('script.mp4'), 'nowhere.mp4', dirname(film)];
  const run = ['--prefix', root, 'run', '--silent', 'media:check', '--', ...names];
  // Names are those of where it was called, not of the project.
  const done = spawnSync('npm', run, { cwd: dirname(film), encoding: 'utf8' });
  expect(done).toMatchObject({ status: 0, stderr: '' });
  const lines = done.stdout.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    {
      file: 'silent.mp4',
      outcome: 'repackage',
      reason: null,
      durationMs: 4000,
      width: 640,
      height: 360,
      hasSound: false,
      renditions: [{ height: 240 }, { height: 360 }],
    },
    refused(names[1], 'not-a-video'),
    refused(names[2], 'not-found'),
    refused(names[3], 'not-a-file'),
  ]);
});

function refused(file: string | undefined, reason: string): unknown {
  const nothing = { durationMs: 0, width: 0, height: 0, hasSound: false, renditions: [] };
  return { file, outcome: 'refused', reason, ...nothing };
}

test('without a file it says how it is called', () => {
  const done = spawnSync('node', ['scripts/run.mjs', 'media-check'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(done.status).toBe(2);
  expect(done.stderr).toContain('npm run media:check -- FILE');
});
