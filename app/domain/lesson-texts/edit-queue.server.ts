import { mergeUpdates } from 'yjs';
import type { TextEdit } from './append-edits.server';

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 10_000;

interface Waiting {
  edit: TextEdit | undefined;
  durable: () => void;
}

/**
 * The edits of one text on their way to the disk, in their order. While a group is being stored the next
 * gathers; what one person wrote in it becomes one edit. A store that fails is tried again.
 */
export class EditQueue {
  private waiting: Waiting[] = [];
  private running: Promise<void> | undefined;
  private ended = false;

  constructor(
    private readonly store: (edits: TextEdit[]) => Promise<void>,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** `durable` is called once everything given so far is stored; without an edit, only that is waited for. */
  add(edit: TextEdit | undefined, durable: () => void): void {
    this.waiting.push({ edit, durable });
    this.running ??= this.run();
  }

  /** Whether everything given is stored. */
  get idle(): boolean {
    return this.running === undefined;
  }

  /** Resolves when everything given is stored. */
  async settle(): Promise<void> {
    await this.running;
  }

  /** Ends the retries. */
  end(): void {
    this.ended = true;
  }

  private async run(): Promise<void> {
    // Not before the caller has noted that it runs.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const group = this.waiting;
      this.waiting = [];
      const edits = mergeByWriter(group.flatMap(({ edit }) => edit ?? []));
      if (edits.length > 0 && !(await this.keepTrying(edits))) break;
      for (const { durable } of group) durable();
    }
    this.running = undefined;
  }

  private async keepTrying(edits: TextEdit[]): Promise<boolean> {
    for (let wait = FIRST_RETRY_MS; ; wait = Math.min(wait * 2, LAST_RETRY_MS)) {
      try {
        await this.store(edits);
        return true;
      } catch (error) {
        this.failed(error);
        if (this.ended) return false;
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  }
}

function mergeByWriter(edits: TextEdit[]): TextEdit[] {
  const writers = new Map<string, TextEdit[]>();
  for (const edit of edits) {
    const key = `${edit.personId} ${edit.organizationId}`;
    writers.set(key, [...(writers.get(key) ?? []), edit]);
  }
  return [...writers.values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const update = own.length === 1 ? first.update : mergeUpdates(own.map((one) => one.update));
    return [{ ...first, update }];
  });
}
