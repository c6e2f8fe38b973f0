import { open, type FileHandle } from 'node:fs/promises';

/**
 * The log of a SQLite file, for a connection whose commits do not wait for the disk (`synchronous = normal`): the
 * disk is waited for here, while that connection goes on with the next transaction. The log stays the same file as
 * long as any connection of the process is open.
 */
export class WriteAheadLog {
  /**
   * A flush failed: what was committed since the one before may be missing on the disk, and at a power failure all
   * that follows it in the log would be lost too, however well that was flushed. No flush succeeds any more, until
   * whoever has emptied the log by a checkpoint sets this to false.
   */
  broken = false;
  private opened: Promise<FileHandle> | undefined;
  private flushing: Promise<void> = Promise.resolve();
  private next: Promise<void> | undefined;

  constructor(private readonly database: string) {}

  /** Resolves once all that was committed before is on the disk; throws where it may not be. */
  flush(): Promise<void> {
    // One after the other, so that none succeeds behind one that failed; all that wait share the next one.
    this.next ??= this.flushing
      .catch(() => undefined)
      .then(() => {
        this.flushing = this.next!;
        this.next = undefined;
        return this.flushNow();
      });
    return this.next;
  }

  private async flushNow(): Promise<void> {
    if (this.broken) throw new Error('The log was not flushed before.');
    try {
      this.opened ??= open(`${this.database}-wal`, 'r+');
      await (await this.opened).datasync();
    } catch (error) {
      this.broken = true;
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    const opened = this.opened;
    this.opened = undefined;
    await opened?.then((file) => file.close()).catch(() => undefined);
  }
}
