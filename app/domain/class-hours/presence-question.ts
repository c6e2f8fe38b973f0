/**
 * One question of a presence check. Texts belong to the interface; here are their keys. A category asks which
 * option belongs to it; `sum 3 4` asks for 7; `largest` and `smallest` ask for a number among the options.
 */
export interface PresenceQuestionPlan {
  question: string;
  /** In the order shown. */
  options: string[];
  right: string;
}

/** What belongs to each category that can be asked for. Nothing belongs to two. */
export const PRESENCE_CATEGORIES = {
  measuring: ['steel-rule', 'caliper', 'micrometer', 'feeler-gauge', 'square'],
  protection: ['helmet', 'goggles', 'earplugs', 'safety-shoes', 'work-gloves'],
  cutting: ['hand-saw', 'drill-bit', 'milling-cutter', 'turning-tool', 'scissors'],
  fastener: ['bolt', 'nut', 'screw', 'rivet', 'washer'],
  vehicle: ['bus', 'truck', 'bicycle', 'train', 'ship'],
  fruit: ['apple', 'pear', 'peach', 'grape', 'watermelon'],
  animal: ['horse', 'ox', 'fish', 'bird', 'rabbit'],
  furniture: ['chair', 'table', 'bed', 'wardrobe', 'bookshelf'],
} as const;

export type PresenceCategory = keyof typeof PRESENCE_CATEGORIES;

/** Gives a whole number from 0 to below `below`. */
export type Draw = (below: number) => number;

const OPTIONS = 3;

function shuffled<T>(list: readonly T[], draw: Draw): T[] {
  const mixed = [...list];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = draw(last + 1);
    [mixed[last], mixed[other]] = [mixed[other]!, mixed[last]!];
  }
  return mixed;
}

/** Different whole numbers from `from` on, one of which is `given` where there is one. */
function numbers(draw: Draw, from: number, span: number, given?: number): number[] {
  const drawn = new Set(given === undefined ? [] : [given]);
  while (drawn.size < OPTIONS) drawn.add(from + draw(span));
  return shuffled([...drawn], draw);
}

function askCategory(draw: Draw): PresenceQuestionPlan {
  const categories = shuffled(Object.keys(PRESENCE_CATEGORIES) as PresenceCategory[], draw);
  const [question, ...others] = categories.slice(0, OPTIONS) as [PresenceCategory];
  const oneOf = (category: PresenceCategory) => {
    const members = PRESENCE_CATEGORIES[category];
    return members[draw(members.length)]!;
  };
  const right = oneOf(question);
  return { question, options: shuffled([right, ...others.map(oneOf)], draw), right };
}

function askSum(draw: Draw): PresenceQuestionPlan {
  const [left, other] = [1 + draw(9), 1 + draw(9)];
  const right = left + other;
  const options = numbers(draw, 2, 17, right).map(String);
  return { question: `sum ${left} ${other}`, options, right: String(right) };
}

function askExtreme(draw: Draw): PresenceQuestionPlan {
  const choice = numbers(draw, 10, 90);
  const largest = draw(2) === 0;
  const right = largest ? Math.max(...choice) : Math.min(...choice);
  return {
    question: largest ? 'largest' : 'smallest',
    options: choice.map(String),
    right: String(right),
  };
}

/** Draws a question that a person answers with one tap; the same `draw` gives the same question. */
export function planPresenceQuestion(draw: Draw): PresenceQuestionPlan {
  const kind = draw(4);
  if (kind === 0) return askSum(draw);
  return kind === 1 ? askExtreme(draw) : askCategory(draw);
}
