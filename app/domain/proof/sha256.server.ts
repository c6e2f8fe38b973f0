import { createHash } from 'node:crypto';
import type { Hashing } from './merkle-tree';

const NODE = Buffer.from([1]);

/** SHA-256; a node of a tree is hashed as the byte 1 and both hashes (RFC 9162, section 2.1.1). */
export const sha256: Hashing = {
  text: (text) => createHash('sha256').update(text, 'utf8').digest('hex'),
  node: (left, right) =>
    createHash('sha256')
      .update(NODE)
      .update(Buffer.from(left, 'hex'))
      .update(Buffer.from(right, 'hex'))
      .digest('hex'),
};
