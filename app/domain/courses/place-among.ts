/** Where something is to stand: behind a neighbour, or before one where that is gone; behind none is at the start. */
export interface Place {
  after: string | null;
  before: string | null;
}

/**
 * The ids with one of them at its place, which may have been seen in an older order: behind `after` where that
 * still stands here, else before `before`. Undefined where neither does: the place is gone.
 */
export function placeAmong(
  ids: readonly string[],
  id: string,
  { after, before }: Place,
): string[] | undefined {
  const others = ids.filter((one) => one !== id);
  const behind = after === null ? 0 : others.indexOf(after) + 1;
  if (after === null || behind > 0) return others.toSpliced(behind, 0, id);
  const at = before === null ? -1 : others.indexOf(before);
  return at < 0 ? undefined : others.toSpliced(at, 0, id);
}

/** Whether two orders are the same one. */
export const isSameOrder = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((id, index) => id === other[index]);

/** The place one step nearer to the start or the end; undefined at the edge. */
export function placeBeside(
  ids: readonly string[],
  id: string,
  direction: 'up' | 'down',
): Place | undefined {
  const from = ids.indexOf(id);
  const to = from + (direction === 'up' ? -1 : 1);
  if (from < 0 || to < 0 || to >= ids.length) return undefined;
  const others = ids.filter((one) => one !== id);
  return { after: others[to - 1] ?? null, before: others[to] ?? null };
}

/** The place behind all. */
export const placeAtEnd = (ids: readonly string[]): Place => ({
  after: ids.at(-1) ?? null,
  before: null,
});
