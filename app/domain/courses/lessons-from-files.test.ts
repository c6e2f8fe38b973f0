import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lessonsFromFiles, titleOf } from './lessons-from-files';

test.each([
  ['01 认识机床.mp4', '认识机床'],
  ['1-2_对刀.MOV', '对刀'],
  ['3.首件检验.mp4', '首件检验'],
  ['03、装夹.mkv', '装夹'],
  ['2-安全.mp4', '安全'],
  ['5S管理.mp4', '5S管理'],
  ['3D 打印.mp4', '3D 打印'],
  ['2024-11-05 讲课.mp4', '2024-11-05 讲课'],
  ['007.mp4', '007'],
  ['1.2.mp4', '1.2'],
  ['VID_20241105_101500.mp4', 'VID 20241105 101500'],
  ['没有结尾', '没有结尾'],
  ['.mp4', '.mp4'],
])('%s becomes the lesson %s', (name, title) => {
  expect(titleOf(name)).toBe(title);
});

test('a folder’s files stand in the order people number them', () => {
  const names = ['10 总结.mp4', '2 装夹.mp4', '1 认识机床.mp4', '02b 找正.mp4'];
  const files = names.map((name) => ({ name, path: `车床/${name}` }));
  expect(lessonsFromFiles(files).map(({ title }) => title)).toEqual([
    '认识机床',
    '装夹',
    '02b 找正',
    '总结',
  ]);
});

test('every file becomes one lesson with a title that fits, whatever its name', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1, maxLength: 300 })), (names) => {
      const files = names.map((name) => ({ name, path: name }));
      const lessons = lessonsFromFiles(files);
      expect(lessons).toHaveLength(files.length);
      expect(new Set(lessons.map(({ file }) => file))).toEqual(new Set(files));
      for (const { title } of lessons) expect([...title].length).toBeLessThanOrEqual(60);
    }),
  );
});
