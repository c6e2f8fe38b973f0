import { Conflict } from '../shared/errors';

/** What somebody wanted to change, what stands there now (null where the place is gone), and what they suggested. */
export interface TextSides {
  quote: string;
  present: string | null;
  replacement: string;
}

/** The text no longer reads as it did when it was quoted; a page shows all sides. Nothing was changed. */
export class TextChanged extends Conflict {
  constructor(readonly sides: TextSides) {
    super('text-changed', 'The text reads differently now. Nothing was changed.');
  }
}
