import { FileStore } from '@tus/file-store';
import { ERRORS, StreamLimiter, type Upload } from '@tus/server';
import { createWriteStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { isOutOfRoom } from '~/domain/media/conversion-obstacles';
import { followFile } from '~/infra/file-digest.server';
import { keepFlushing } from '~/infra/keep-flushing.server';
import { noRoomLeft } from './upload-problems.server';

/** Of one upload, while the disk is busy with what came before. */
const BUFFERED_BYTES = 2 * 1024 * 1024;
const FOLLOW_EVERY_MS = 200;
/** Of the time. Five times a second, whatever it took, halved what a fast line brings. */
const FLUSHED_SHARE = 0.1;

/**
 * Keeps uploads as local files: bytes go from the connection to the file in large parts, and are
 * digested and written through to the disk while more arrive.
 */
export class UploadStore extends FileStore {
  constructor(directory: string, expirationPeriodInMilliseconds: number) {
    super({ directory, expirationPeriodInMilliseconds });
    // A film is announced with its length, so that the disk is known to have room for it.
    this.extensions = this.extensions.filter((name) => name !== 'creation-defer-length');
  }

  /**
   * Writes a request's body behind what an upload has; returns where the upload ends then. A lost line
   * and the signal end it early and in order: what came is kept. Throws when there are more than `most`
   * bytes, and a Response when the disk takes no more.
   */
  async receive(
    incoming: IncomingMessage,
    { id, offset }: Pick<Upload, 'id' | 'offset'>,
    most: number,
    signal: AbortSignal,
  ): Promise<number> {
    if (signal.aborted || incoming.destroyed) throw ERRORS.ABORTED;
    const path = join(this.directory, id);
    const options = { flags: 'r+', start: offset, highWaterMark: BUFFERED_BYTES };
    const file = createWriteStream(path, options);
    const flushing = keepFlushing(path, FLUSHED_SHARE);
    const following = setInterval(() => followFile(path), FOLLOW_EVERY_MS);
    try {
      await pour(incoming, file, most, signal);
    } catch (error) {
      throw isOutOfRoom(error) ? noRoomLeft() : error;
    } finally {
      clearInterval(following);
      flushing.stop();
    }
    return offset + file.bytesWritten;
  }
}

function pour(
  incoming: IncomingMessage,
  file: Writable,
  most: number,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let source: Readable = incoming;
    const stop = () => {
      source.unpipe(file);
      file.end();
    };
    const fail = (error: Error) => {
      reject(error);
      stop();
    };
    // Node itself holds a body to the length it was announced with.
    if (incoming.headers['content-length'] === undefined) {
      source = incoming.pipe(new StreamLimiter(most)).once('error', fail);
    }
    incoming.once('error', stop);
    signal.addEventListener('abort', stop, { once: true });
    file.once('error', fail);
    file.once('close', () => {
      incoming.off('error', stop);
      signal.removeEventListener('abort', stop);
      resolve();
    });
    source.pipe(file);
  });
}
