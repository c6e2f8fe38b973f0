/**
 * Lets the process do what else is waiting. On SQLite queries end within their own turn, so that one after the other
 * would hold up every request of the server. Not for use in a transaction.
 */
export const letOthersIn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
