import { describe, expect, test } from 'vitest';
import {
  checkPublication,
  listOpenPoints,
  type CheckedLesson,
  type LinkFound,
} from './publication-check';

const SHAFT = '00000000-0000-4000-8000-000000000001';
const CARD = '00000000-0000-4000-8000-000000000002';

const video: CheckedLesson = {
  id: SHAFT,
  title: '曲轴的结构',
  kind: 'video',
  mediaState: 'ready',
  durationMs: 300_000,
  blank: true,
  captioned: true,
  authorStands: true,
  plannedMinutes: 6,
  links: [],
};
const card: CheckedLesson = {
  ...video,
  id: CARD,
  title: '保养卡',
  kind: 'article',
  mediaState: null,
  durationMs: 0,
  blank: false,
  captioned: false,
};
const at = { lessonId: SHAFT, title: '曲轴的结构' };
const none = new Map<string, LinkFound>();

describe('the check list of a draft', () => {
  test('is empty where everything is done', () => {
    const links = ['https://example.org/a', `/lessons/${SHAFT}`, 'mailto:a@example.org', '#oben'];
    const found = new Map([
      ['https://example.org/a', { outcome: 'works' as const, status: 200, checkedAt: 1 }],
    ]);
    const lessons = [video, { ...card, links }];
    expect(checkPublication(lessons)).toEqual([]);
    expect(listOpenPoints(lessons, found)).toEqual([]);
  });

  test.each([
    [{ mediaState: null }, 'no-video'],
    [{ mediaState: 'converting' as const }, 'video-not-playable'],
    [{ durationMs: 0 }, 'video-not-playable'],
    [{ kind: 'article' as const, blank: true }, 'no-text'],
    [{ links: [`/lessons/${CARD}`] }, 'lost-lesson'],
    [{ links: [`https://train.example.org/teach/courses/c/lessons/${CARD}#x`] }, 'lost-lesson'],
    [{ links: [`/learn/classes/e/lessons/${CARD}`] }, 'lost-lesson'],
  ])('forbids publication of a lesson with %o: %s', (change, kind) => {
    expect(checkPublication([{ ...video, ...change }])).toMatchObject([{ kind, ...at }]);
  });

  test.each([
    [{ captioned: false }, 'no-captions'],
    [{ authorStands: false }, 'author-left'],
    [{ plannedMinutes: null }, 'no-plan'],
    [{ links: ['http://example.org'] }, 'link-unchecked'],
  ])('asks for a reason where a lesson has %o: %s', (change, kind) => {
    const lessons = [{ ...video, ...change }];
    expect(checkPublication(lessons)).toEqual([]);
    expect(listOpenPoints(lessons, none)).toMatchObject([{ kind, ...at }]);
  });

  test('says of a link that failed what was found when, once for each address', () => {
    const url = 'https://example.org/gone';
    const found = new Map([[url, { outcome: 'broken' as const, status: 404, checkedAt: 7 }]]);
    expect(listOpenPoints([{ ...video, links: [url, url] }], found)).toEqual([
      { kind: 'link-fails', ...at, url, status: 404, checkedAt: 7 },
    ]);
  });

  test('asks nothing twice of a lesson that has no video to caption', () => {
    expect(
      listOpenPoints([{ ...video, mediaState: null, captioned: false }], none).map((p) => p.kind),
    ).toEqual([]);
  });
});
