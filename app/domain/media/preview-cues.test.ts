import { expect, test } from 'vitest';
import { parsePreviews, previewAt } from './preview-cues';

test('each moment has its part of a sheet; anything else is passed over', () => {
  const previews = parsePreviews(
    'WEBVTT\n\n00:00:00.000 --> 00:00:05.000\npreviews-1.jpg#xywh=0,0,160,90\n\n' +
      '00:00:05.000 --> 00:00:10.000\npreviews-1.jpg#xywh=160,0,160,90\n\n' +
      '00:00:10.000 --> 00:00:12.000\n../secret.jpg#xywh=0,0,1,1\n',
  );
  expect(previews).toHaveLength(2);
  expect(previewAt(previews, 4999)).toMatchObject({ x: 0, sheet: 'previews-1.jpg' });
  expect(previewAt(previews, 99_000)).toMatchObject({ x: 160, width: 160, height: 90 });
  expect(previewAt([], 0)).toBeUndefined();
});
