import { FileStore } from '@tus/file-store';
import { createHash, type Hash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isOutOfRoom } from '~/domain/media/conversion-obstacles';
import { noRoomLeft } from './upload-problems.server';

const MOST_DIGESTS = 1_000;

interface Digest {
  hash: Hash;
  bytes: number;
}

/**
 * Keeps uploads as local files, and digests each while it arrives: a film of many gigabytes need not
 * be read a second time. What a disk could not take is told apart from what else may go wrong.
 */
export class UploadStore extends FileStore {
  readonly #digests = new Map<string, Digest>();

  constructor(directory: string, expirationPeriodInMilliseconds: number) {
    super({ directory, expirationPeriodInMilliseconds });
    // A film is announced with its length, so that the disk is known to have room for it.
    this.extensions = this.extensions.filter((name) => name !== 'creation-defer-length');
  }

  override async write(readable: Readable, id: string, offset: number): Promise<number> {
    const digest = this.#digestAt(id, offset);
    let end = offset;
    const meter = new Transform({
      transform(part: Buffer, _encoding, done) {
        end += part.length;
        if (digest) {
          digest.hash.update(part);
          digest.bytes += part.length;
        }
        done(null, part);
      },
    });
    const file = createWriteStream(join(this.directory, id), { flags: 'r+', start: offset });
    try {
      await pipeline(readable, meter, file);
    } catch (error) {
      throw isOutOfRoom(error) ? noRoomLeft() : error;
    }
    return end;
  }

  /** SHA-256 of a whole upload, hex, once; undefined when a part of it came to an earlier process. */
  takeDigest(id: string, bytes: number): string | undefined {
    const digest = this.#digests.get(id);
    this.#digests.delete(id);
    return digest?.bytes === bytes ? digest.hash.digest('hex') : undefined;
  }

  /** The digest of exactly the bytes before `offset`, where this process has seen all of them. */
  #digestAt(id: string, offset: number): Digest | undefined {
    const known = offset === 0 ? { hash: createHash('sha256'), bytes: 0 } : this.#digests.get(id);
    this.#digests.delete(id);
    if (known?.bytes !== offset) return undefined;
    this.#digests.set(id, known);
    if (this.#digests.size > MOST_DIGESTS) {
      this.#digests.delete(this.#digests.keys().next().value ?? '');
    }
    return known;
  }
}
