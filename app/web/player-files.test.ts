import { expect, test } from 'vitest';
import { choosePlayerFiles } from './player-files.server';

const manifest = {
  'app/root.tsx?__remix-build-client-route': { file: 'assets/root.js', imports: ['_kit.js'] },
  'app/routes/learn/lesson.tsx?__remix-build-client-route': {
    file: 'assets/lesson.js',
    imports: ['_kit.js', '_learn.js'],
    css: ['assets/lesson.css'],
  },
  'app/player/video-player.ts': {
    file: 'assets/video-player.js',
    imports: ['_kit.js', '_times.js'],
    css: ['assets/video-player.css'],
  },
  'app/player/start-study.ts': { file: 'assets/start-study.js', imports: ['_times.js'] },
  '_kit.js': { file: 'assets/kit.js' },
  '_learn.js': { file: 'assets/learn.js' },
  '_times.js': { file: 'assets/times.js' },
};

test('the player’s files are those that the page does not bring, each once', () => {
  expect(choosePlayerFiles(manifest)).toEqual({
    scripts: ['/assets/video-player.js', '/assets/start-study.js', '/assets/times.js'],
    styles: ['/assets/video-player.css'],
  });
});

test('without a build there are none', () => {
  expect(choosePlayerFiles({})).toEqual({ scripts: [], styles: [] });
});
