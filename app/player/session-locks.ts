/** A page that samples at least this often is alive, where the browser has no locks to tell. */
const SILENT_FOR_MS = 90_000;

const nameOf = (sessionId: string) => `jiangxue-session-${sessionId}`;

// Browsers offer locks only to pages served over TLS or from the same machine.
function locks(): LockManager | undefined {
  return typeof navigator !== 'undefined' && 'locks' in navigator ? navigator.locks : undefined;
}

/** Marks a session as recorded by this page until it is released or the page is gone. */
export function holdSession(sessionId: string): () => void {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  locks()
    ?.request(nameOf(sessionId), () => held)
    .catch(() => undefined);
  return release;
}

/** Runs `work` when no page records this session any more. */
export async function ifAbandoned(
  stretch: { sessionId: string; savedAt: number },
  now: number,
  work: () => Promise<void>,
): Promise<void> {
  const manager = locks();
  if (!manager) {
    if (Math.abs(now - stretch.savedAt) > SILENT_FOR_MS) await work();
    return;
  }
  await manager.request(nameOf(stretch.sessionId), { ifAvailable: true }, async (lock) => {
    if (lock) await work();
  });
}

/** Runs `work` as soon as no page records this session any more; never where the browser has no locks. */
export async function onceAbandoned(sessionId: string, work: () => Promise<void>): Promise<void> {
  await locks()?.request(nameOf(sessionId), work);
}
