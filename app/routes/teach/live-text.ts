import type { Writer } from '~/domain/shared/live-line';
import type { LineState } from './text-line';

/** How the open lesson's text stands, for the editor's header. */
export interface LiveText {
  state: LineState;
  /** Who has the text open: oneself first, each person once. */
  people: Writer[];
}
