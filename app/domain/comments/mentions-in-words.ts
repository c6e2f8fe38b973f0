/** Somebody who can be called by name. */
export interface Named {
  personId: string;
  name: string;
}

/** A piece of what was said: plain words, or a name that is called. */
export type Piece<T extends Named> = string | { called: T };

/** Cuts words into what is plain and the names of people that are called with @; of names that begin alike the longest. */
export function cutAtMentions<T extends Named>(words: string, people: readonly T[]): Piece<T>[] {
  const longestFirst = [...people].sort((a, b) => b.name.length - a.name.length);
  const pieces: Piece<T>[] = [];
  let plain = 0;
  for (let at = words.indexOf('@'); at >= 0; at = words.indexOf('@', at + 1)) {
    const called = longestFirst.find(({ name }) => name && words.startsWith(name, at + 1));
    if (!called) continue;
    if (at > plain) pieces.push(words.slice(plain, at));
    pieces.push({ called });
    plain = at + 1 + called.name.length;
    at = plain - 1;
  }
  if (plain < words.length) pieces.push(words.slice(plain));
  return pieces;
}

/** Who is called by name in words; of several with one name the one that was picked, or else all of them. */
export function calledIn<T extends Named>(
  words: string,
  people: readonly T[],
  picked: readonly string[],
): T[] {
  const names = new Set(
    cutAtMentions(words, people).flatMap((piece) =>
      typeof piece === 'string' ? [] : piece.called.name,
    ),
  );
  return people.filter(({ personId, name }) => {
    if (!names.has(name)) return false;
    const namesakes = people.filter((one) => one.name === name);
    const meant = namesakes.filter((one) => picked.includes(one.personId));
    return meant.length === 0 || picked.includes(personId);
  });
}

/** So long a name may be that is being written. */
const LONGEST_NAME = 20;

/** A name that is being written before the caret: where its @ stands and what of it is there; undefined where none is. */
export function nameBeingWritten(
  words: string,
  caret: number,
): { at: number; begun: string } | undefined {
  const at = words.lastIndexOf('@', caret - 1);
  if (at < 0 || caret <= at) return undefined;
  const begun = words.slice(at + 1, caret);
  // Not the @ of a mail address.
  if (/\s/.test(begun) || begun.length > LONGEST_NAME || /[\w.]/.test(words[at - 1] ?? ''))
    return undefined;
  return { at, begun };
}

/** Whose name or organization holds what was written; names that begin with it first. */
export function matchPeople<T extends Named & { organization: string }>(
  people: readonly T[],
  begun: string,
): T[] {
  const wanted = begun.toLowerCase();
  const holds = (text: string) => text.toLowerCase().includes(wanted);
  const begins = ({ name }: T) => name.toLowerCase().startsWith(wanted);
  const found = people.filter(({ name, organization }) => holds(name) || holds(organization));
  return [...found.filter(begins), ...found.filter((one) => !begins(one))];
}
