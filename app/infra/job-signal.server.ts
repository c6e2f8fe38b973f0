const listeners = new Set<() => void>();

/** Wakes the workers of this process at once; those of others find the job when they next look. */
export function announceJob(): void {
  for (const listener of listeners) listener();
}

/** Calls `listener` whenever a job is announced, until the returned function is called. */
export function onJobAnnounced(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
