import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCaptions, parseCaptions, writeSrt, writeWebVtt } from './captions';
import { formatCueTime, parseCueTime } from './cue-time';
import { saidIn, sanitizeCue, searchable } from './cue-text';
import { addAt, cueAt, endAt, split, startAt, tap } from './cue-edits';

const toWebVtt = (text: string) => writeWebVtt(parseCaptions(text));

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
  expect(parseCaptions('这里没有字幕')).toEqual([]);
  expect(parseCaptions('WEBVTT\n\n00:01.000 --> 00:02.000\n\n')).toEqual([]);
  expect(parseCaptions('WEBVTT\n\n00:02.000 --> 00:01.000\n倒着的\n')).toEqual([]);
});

test('captions of older Chinese tools are read in their own encoding', () => {
  expect(decodeCaptions(Uint8Array.of(0xc4, 0xe3, 0xba, 0xc3))).toBe('你好');
  expect(decodeCaptions(new TextEncoder().encode('你好'))).toBe('你好');
  expect(decodeCaptions(Uint8Array.of(0xff, 0xfe, 0x60, 0x4f))).toContain('你');
});

test('a file whose empty lines were lost keeps its cues apart', () => {
  const srt =
    '1\n00:00:01,000 --> 00:00:02,000\n先断电\n2\n00:00:02,000 --> 00:00:03,000\n再挂牌\n';
  expect(parseCaptions(srt).map((cue) => cue.text)).toEqual(['先断电', '再挂牌']);
});

test('emphasis is kept and closed; scripts, images and broken tags never reach a page', () => {
  expect(sanitizeCue('<B>停机</b>再<i>测量')).toBe('<b>停机</b>再<i>测量</i>');
  expect(sanitizeCue('<script>alert(1)</script><img src=x onerror=alert(1)>量')).toBe('alert(1)量');
  expect(sanitizeCue('间隙 a < b，且 c > d & e')).toBe('间隙 a &lt; b，且 c &gt; d &amp; e');
  expect(sanitizeCue('&lt;script&gt;')).toBe('&lt;script&gt;');
  expect(saidIn('<b>a</b> &lt; b\n第二行')).toBe('a < b 第二行');
  expect(searchable('Ｍ１２ 螺栓 <b>扭矩</b>')).toBe('m12 螺栓 扭矩');
});

const cueText = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .map((text) => `字${text}`);
const cue = fc
  .record({
    fromMs: fc.integer({ min: 0, max: 3_600_000 * 90 }),
    length: fc.integer({ min: 1, max: 60_000 }),
    text: fc.oneof(
      cueText,
      fc
        .array(fc.constantFrom('<b>', '</b>', '<', '>', '&', '-->', '\n', '钳'))
        .map((parts) => `量${parts.join('')}`),
    ),
  })
  .map(({ fromMs, length, text }) => ({ fromMs, toMs: fromMs + length, text }));

test('what was cleaned once is clean: writing and reading give the same cues, in WebVTT and SRT', () => {
  fc.assert(
    fc.property(fc.array(cue, { maxLength: 8 }), (given) => {
      const clean = given
        .map((one) => ({ ...one, text: sanitizeCue(one.text) }))
        .sort((a, b) => a.fromMs - b.fromMs);
      expect(clean.map((one) => sanitizeCue(one.text))).toEqual(clean.map((one) => one.text));
      expect(parseCaptions(writeWebVtt(clean))).toEqual(clean);
      expect(parseCaptions(writeSrt(clean)).map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual(
        clean.map(({ fromMs, toMs }) => [fromMs, toMs]),
      );
    }),
  );
});

test('times are read as people type them', () => {
  expect([parseCueTime('1:05'), parseCueTime('1:02:03.5'), parseCueTime('90:00')]).toEqual([
    65_000, 3_723_500, 5_400_000,
  ]);
  expect([parseCueTime('65'), parseCueTime('1:75'), parseCueTime('1:61:00')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3_600_000 * 99 }), (ms) => {
      expect(parseCueTime(formatCueTime(ms))).toBe(ms);
    }),
  );
});

test('tapping along ends a cue and begins the next one', () => {
  const cues = [
    { fromMs: 0, toMs: 3000, text: '一' },
    { fromMs: 3000, toMs: 6000, text: '二' },
  ];
  expect(tap(cues, 0, 2100).map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
    [0, 2100],
    [2100, 6000],
  ]);
  expect(startAt({ fromMs: 0, toMs: 1000, text: '' }, 5000)).toMatchObject({ toMs: 6000 });
  expect(endAt({ fromMs: 5000, toMs: 6000, text: '' }, 1000)).toMatchObject({ toMs: 5200 });
  expect(cueAt(cues, 3500)).toBe(1);
  expect(cueAt(cues, 9000)).toBe(1);
  expect(addAt(cues, 7000)).toMatchObject({ at: 2 });
  expect(addAt(cues, 1000).cues).toHaveLength(3);
});

test('a cue is cut at the caret, its time where the video stands', () => {
  const cues = [{ fromMs: 0, toMs: 4000, text: '先断电再挂牌' }];
  expect(split(cues, 0, 3, 1500)).toEqual([
    { fromMs: 0, toMs: 1500, text: '先断电' },
    { fromMs: 1500, toMs: 4000, text: '再挂牌' },
  ]);
  expect(split(cues, 0, 3, 9000)[0]).toMatchObject({ toMs: 2000 });
});
