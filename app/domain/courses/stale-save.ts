import { Conflict } from '../shared/errors';

/**
 * Somebody saved first. Carries what is stored now, so that a page can show it beside what was
 * typed; nothing was changed.
 */
export class StaleSave<T> extends Conflict {
  readonly current: T;
  readonly changedBy: string | null;
  readonly changedAt: number | null;
  constructor(found: { current: T; changedBy: string | null; changedAt: number | null }) {
    super('stale-save', 'Somebody changed this first. Nothing was overwritten.');
    this.current = found.current;
    this.changedBy = found.changedBy;
    this.changedAt = found.changedAt;
  }
}
