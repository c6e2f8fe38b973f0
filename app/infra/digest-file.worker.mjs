import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';

const PART = Buffer.allocUnsafe(1024 * 1024);
/** Of one file before it is another's turn. */
const PARTS_A_TURN = 32;
const MOST_FOLLOWED = 1_000;

/** What is known of files that grow: the digest of their first bytes. */
const followed = new Map();
/** What is still to be read; an entry with `asked` ends with its digest. */
const waiting = [];

function follow({ path, asked }) {
  const known = waiting.find((entry) => entry.path === path && entry.asked === undefined);
  if (known) {
    known.asked = asked;
    return;
  }
  let file;
  try {
    // Open from now on: whoever is done with the file may remove it.
    file = openSync(path, 'r');
  } catch {
    followed.delete(path);
    if (asked !== undefined) parentPort.postMessage({ asked, digest: undefined });
    return;
  }
  waiting.push({ path, asked, file });
  if (waiting.length === 1) setImmediate(readOn);
}

function readOn() {
  const entry = waiting.shift();
  if (entry) {
    if (readSome(entry)) finish(entry);
    else waiting.push(entry);
  }
  if (waiting.length > 0) setImmediate(readOn);
}

/** Whether the end of the file is reached for now. */
function readSome({ path, file }) {
  const known = followed.get(path);
  const goesOn = known && fstatSync(file).size >= known.bytes;
  const digest = goesOn ? known : { hash: createHash('sha256'), bytes: 0 };
  followed.delete(path);
  followed.set(path, digest);
  if (followed.size > MOST_FOLLOWED) followed.delete(followed.keys().next().value);
  for (let part = 0; part < PARTS_A_TURN; part += 1) {
    const read = readSync(file, PART, 0, PART.length, digest.bytes);
    if (read === 0) return true;
    digest.hash.update(read === PART.length ? PART : PART.subarray(0, read));
    digest.bytes += read;
  }
  return false;
}

function finish({ path, asked, file }) {
  closeSync(file);
  if (asked === undefined) return;
  const digest = followed.get(path);
  followed.delete(path);
  parentPort.postMessage({ asked, digest: digest?.hash.digest('hex') });
}

// There of this thread alone: receiving bytes goes before reading them again.
if (process.platform === 'linux') setPriority(10);

parentPort.on('message', follow);
