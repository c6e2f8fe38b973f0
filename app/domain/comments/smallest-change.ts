/** A change of words: at `at`, `removed` UTF-16 units go and `inserted` comes. */
export interface Change {
  at: number;
  removed: number;
  inserted: string;
}

/** The change that makes one text the other and leaves what they begin and end with alike; no character is cut in two. */
export function smallestChange(before: string, after: string): Change {
  const [old, wanted] = [[...before], [...after]];
  const most = Math.min(old.length, wanted.length);
  let alike = 0;
  while (alike < most && old[alike] === wanted[alike]) alike += 1;
  let tail = 0;
  while (tail < most - alike && old.at(-1 - tail) === wanted.at(-1 - tail)) tail += 1;
  const lengthOf = (characters: string[]) => characters.join('').length;
  return {
    at: lengthOf(old.slice(0, alike)),
    removed: lengthOf(old.slice(alike, old.length - tail)),
    inserted: wanted.slice(alike, wanted.length - tail).join(''),
  };
}
