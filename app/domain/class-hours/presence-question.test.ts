import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { presenceMessages } from '~/i18n/messages/presence';
import { planPresenceQuestion, PRESENCE_CATEGORIES } from './presence-question';

const drawing = fc
  .infiniteStream(fc.nat())
  .map((numbers) => (below: number) => (numbers.next().value ?? 0) % below);

describe('a question of a presence check', () => {
  it('has three different options, and exactly one that is right', () => {
    fc.assert(
      fc.property(drawing, (draw) => {
        const { question, options, right } = planPresenceQuestion(draw);
        expect(new Set(options).size).toBe(3);
        const [kind = '', left, other] = question.split(' ');
        const isRight = (option: string) => {
          if (kind === 'sum') return Number(option) === Number(left) + Number(other);
          const numbers = options.map(Number);
          if (kind === 'largest') return Number(option) === Math.max(...numbers);
          if (kind === 'smallest') return Number(option) === Math.min(...numbers);
          return Object.entries(PRESENCE_CATEGORIES).some(
            ([category, members]) => category === kind && members.some((one) => one === option),
          );
        };
        expect(options.filter(isRight)).toEqual([right]);
      }),
      { numRuns: 2000 },
    );
  });

  it('has words for all that it may ask, in both languages', () => {
    for (const { questions, options } of [presenceMessages.zh, presenceMessages.en]) {
      for (const [category, members] of Object.entries(PRESENCE_CATEGORIES)) {
        expect(questions[category]).toBeTruthy();
        for (const member of members) expect(options[member]).toBeTruthy();
      }
      expect(new Set(Object.values(options)).size).toBe(Object.keys(options).length);
    }
  });
});
