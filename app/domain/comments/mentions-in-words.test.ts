import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calledIn, cutAtMentions, matchPeople, nameBeingWritten } from './mentions-in-words';

const wang = { personId: 'w', name: '王敏', organization: '鸢都技师学院' };
const wanghua = { personId: 'h', name: '王敏华', organization: '海岱动力集团' };
const zhou = { personId: 'z', name: 'Zhou Jianguo', organization: '海岱动力集团' };
const people = [wang, wanghua, zhou];
const namesOf = (words: string) => calledIn(words, people, []).map(({ name }) => name);

describe('a name in a comment', () => {
  test('is called with @, the longest of those that begin alike', () => {
    expect(namesOf('@王敏 看一下')).toEqual(['王敏']);
    expect(namesOf('请@王敏华看，不是王敏')).toEqual(['王敏华']);
    expect(namesOf('@王敏@Zhou Jianguo：图')).toEqual(['王敏', 'Zhou Jianguo']);
    expect(namesOf('王敏 @ 王敏')).toEqual([]);
  });

  test('of two people with one name means the one that was picked', () => {
    const other = { ...wang, personId: 'w2' };
    const ids = (picked: string[]) =>
      calledIn('@王敏', [wang, other], picked).map(({ personId }) => personId);
    expect(ids(['w2'])).toEqual(['w2']);
    expect(ids([])).toEqual(['w', 'w2']);
  });

  test('and the words around it are what was said, whatever was said', () => {
    const words = fc
      .array(fc.constantFrom('@', '王敏', '华', 'Zhou Jianguo', ' ', '看'))
      .map((all) => all.join(''));
    fc.assert(
      fc.property(words, (said) => {
        const pieces = cutAtMentions(said, people);
        const joined = pieces.map((one) => (typeof one === 'string' ? one : `@${one.called.name}`));
        expect(joined.join('')).toBe(said);
        for (const piece of pieces)
          if (typeof piece === 'string') expect(namesOf(piece)).toEqual([]);
      }),
    );
  });
});

describe('a name that is being written', () => {
  test.each([
    ['看@', 2, { at: 1, begun: '' }],
    ['看@王 后面', 3, { at: 1, begun: '王' }],
    ['看@王 后面', 5, undefined],
    ['wang@example', 12, undefined],
    ['没有', 2, undefined],
    ['@王', 0, undefined],
  ])('%s with the caret at %i', (words, caret, found) => {
    expect(nameBeingWritten(words, caret)).toEqual(found);
  });

  test('finds people by name and by organization', () => {
    expect(matchPeople(people, '华')).toEqual([wanghua]);
    expect(matchPeople(people, '海岱')).toEqual([wanghua, zhou]);
    expect(matchPeople(people, 'jian')).toEqual([zhou]);
    expect(matchPeople(people, '')).toEqual(people);
  });
});
