/** Thrown by a job that cannot run now through no fault of its own; it waits without losing an attempt. */
export class Postponed extends Error {
  override readonly name = 'Postponed';
  constructor(
    readonly reason: string,
    readonly waitMs: number,
  ) {
    super(reason);
  }
}
