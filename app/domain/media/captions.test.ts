import { expect, test } from 'vitest';
import { decodeCaptions, toWebVtt } from './captions';

test('an SRT file becomes WebVTT, without its numbers, fonts and commands', () => {
  const srt =
    '\uFEFF1\r\n00:00:00,500 --> 00:00:07,8\r\n<font color="#fff">车间<b>安全</b></font>五条。\r\n\r\n' +
    '2\r\n0:01:08,500 --> 0:01:13,171 X1:40\r\n{\\an8}第一条\r\n穿戴好 --> 再进线\r\n';
  expect(toWebVtt(srt)).toBe(
    'WEBVTT\n\n00:00:00.500 --> 00:00:07.800\n车间<b>安全</b>五条。\n\n' +
      '00:01:08.500 --> 00:01:13.171\n第一条\n穿戴好 → 再进线\n',
  );
});

test('WebVTT is kept: notes and styles go, times without hours are completed', () => {
  const vtt =
    'WEBVTT - 标题\n\nNOTE 说明\n\nSTYLE\n::cue { color: red }\n\nintro\n00:01.000 --> 00:02.000 align:start\n<v 李老师>开始\n';
  expect(toWebVtt(vtt)).toBe('WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n开始\n');
});

test('a text without cues is no captions file', () => {
  expect(toWebVtt('这里没有字幕')).toBeUndefined();
  expect(toWebVtt('WEBVTT\n\n00:01.000 --> 00:02.000\n\n')).toBeUndefined();
});

test('captions of older Chinese tools are read in their own encoding', () => {
  expect(decodeCaptions(Uint8Array.of(0xc4, 0xe3, 0xba, 0xc3))).toBe('你好');
  expect(decodeCaptions(new TextEncoder().encode('你好'))).toBe('你好');
  expect(decodeCaptions(Uint8Array.of(0xff, 0xfe, 0x60, 0x4f))).toContain('你');
});
