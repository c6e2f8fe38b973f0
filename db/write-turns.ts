/** Ends a turn; to be called once. */
export type EndTurn = () => void;

/**
 * Who writes to a SQLite file next, within one process: each transaction, each writing statement outside of one and
 * each group that a thread stores takes a turn, in the order in which they asked. SQLite lets one write at a time
 * anyway, but who waits there sleeps with the whole event loop, and may be overtaken without end.
 */
export class WriteTurns {
  private readonly asked: (() => void)[] = [];
  private taken = false;

  /** Whether somebody waits for a turn. */
  get awaited(): boolean {
    return this.asked.length > 0;
  }

  /** Resolves when it is the caller's turn, which lasts until they end it. */
  async take(): Promise<EndTurn> {
    if (this.taken) await new Promise<void>((resolve) => this.asked.push(resolve));
    return this.begin();
  }

  /** The turn at once, or undefined where another has it. */
  takeNow(): EndTurn | undefined {
    return this.taken ? undefined : this.begin();
  }

  private begin(): EndTurn {
    this.taken = true;
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      const next = this.asked.shift();
      // The turn goes from hand to hand, so that nobody can step in between.
      if (next) next();
      else this.taken = false;
    };
  }
}
