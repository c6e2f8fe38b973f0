const SQLITE_FAULT = /^SQLITE_(FULL|BUSY|LOCKED|IOERR|READONLY|CANTOPEN|NOMEM|PROTOCOL)/;
// Connection (08), resources (53), operator (57P), system (58), read-only standby, deadlock, serialization, lock wait.
const POSTGRES_FAULT = /^(08...|53...|57P..|58...|25006|40P01|40001|55P03)$/;
/** Of files: no room, a broken or read-only disk, too many open. */
const FILE_FAULT = /^(ENOSPC|EDQUOT|EIO|EFBIG|EROFS|EMFILE|ENFILE)$/;
const NETWORK_FAULT = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)/;
const WORDS =
  /Connection terminated|connection timeout|timeout exceeded when trying to connect|not queryable|no transaction is active|server closed the connection/i;

/** Whether the database or the disk could not take the work now (no room, lock, lost connection), so that trying again is right. */
export function isStorageFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (
    SQLITE_FAULT.test(code) ||
    POSTGRES_FAULT.test(code) ||
    FILE_FAULT.test(code) ||
    NETWORK_FAULT.test(code) ||
    WORDS.test(error.message)
  );
}
