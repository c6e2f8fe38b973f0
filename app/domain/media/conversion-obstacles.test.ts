import { expect, test } from 'vitest';
import { isOutOfRoom } from './conversion-obstacles';

test('a full disk is told from everything else', () => {
  expect(isOutOfRoom(Object.assign(new Error('write'), { code: 'ENOSPC' }))).toBe(true);
  const ffmpeg = Object.assign(new Error('ffmpeg'), {
    stderr: 'av_interleaved_write_frame(): No space left on device',
  });
  expect(isOutOfRoom(ffmpeg)).toBe(true);
  expect(isOutOfRoom(Object.assign(new Error('x'), { stderr: 'Invalid data found' }))).toBe(false);
  expect(isOutOfRoom('No space left')).toBe(false);
});
