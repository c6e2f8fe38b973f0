export const LONGEST_COMMENT = 2_000;
export const LONGEST_REPLACEMENT = 5_000;
/** A range that a suggestion replaces is as long as what may replace it; of a longer comment's, the beginning is kept. */
export const LONGEST_QUOTE = 5_000;
