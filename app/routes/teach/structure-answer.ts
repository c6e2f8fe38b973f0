/** The key of the fetcher that moves and removes, so that the open lesson stays open. */
export const STRUCTURE = 'structure';

/** What the tree shows after a step; `stale` when it was not done. */
export interface StructureAnswer {
  intent: string;
  errors: Record<string, string>;
  stale: { changedBy: string | null; changedAt: number } | undefined;
  /** Of the lessons that were added at once, in their order. */
  lessonIds?: string[];
}
