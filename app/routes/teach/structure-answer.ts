/** The key of the fetcher that moves and removes, so that the open lesson stays open. */
export const STRUCTURE = 'structure';

/** What the tree shows after a step; `stale` when it was not done. */
export interface StructureAnswer {
  intent: string;
  errors: Record<string, string>;
  stale: { changedBy: string | null; changedAt: number } | undefined;
  /** The chapter or lesson that was moved. */
  movedId?: string;
  /** A move that could not be merged: where the item stands now, and what was wanted. */
  conflict?: {
    reason: 'moved' | 'removed' | 'gone';
    title: string;
    placeVersion: number;
    after: string | null;
    chapter: string | null;
    changedBy: string | null;
    changedAt: number | null;
    wanted: Record<string, string>;
  };
  /** Of the lessons that were added at once, in their order. */
  lessonIds?: string[];
}
