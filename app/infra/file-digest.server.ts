import { Worker } from 'node:worker_threads';
import { findWorkerFile } from './worker-file.server';

interface DigestThread {
  worker: Worker;
  asked: Map<number, (digest: string | undefined) => void>;
}

let running: DigestThread | undefined;
let questions = 0;

function thread(): DigestThread {
  if (running) return running;
  const worker = new Worker(findWorkerFile('digest-file.worker.mjs'));
  const started: DigestThread = { worker, asked: new Map() };
  worker.unref();
  worker.on('message', ({ asked, digest }: { asked: number; digest: string | undefined }) => {
    started.asked.get(asked)?.(digest);
    started.asked.delete(asked);
    if (started.asked.size === 0) worker.unref();
  });
  const end = () => {
    if (running === started) running = undefined;
    for (const answer of started.asked.values()) answer(undefined);
    started.asked.clear();
  };
  worker.on('error', end);
  worker.on('exit', end);
  running = started;
  return started;
}

/**
 * Digests, in a thread of its own, what there is of a growing file: when its last byte has come,
 * little is left to read. Whoever never asks for the digest loses nothing.
 */
export function followFile(path: string): void {
  thread().worker.postMessage({ path });
}

/**
 * The SHA-256 of a whole file, hex, read in a thread of its own as far as it was not followed;
 * undefined when the file is gone or cannot be read.
 */
export function digestFile(path: string): Promise<string | undefined> {
  const { worker, asked } = thread();
  questions += 1;
  const question = questions;
  return new Promise((resolve) => {
    asked.set(question, resolve);
    worker.ref();
    worker.postMessage({ path, asked: question });
  });
}
