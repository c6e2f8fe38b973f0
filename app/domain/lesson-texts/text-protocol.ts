import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/**
 * What goes over the WebSocket of a lesson's text: binary messages that begin with one of these numbers.
 * Sync and awareness are those of y-protocols; the server adds what is durable and who may write.
 */
export const MESSAGE = {
  sync: 0,
  awareness: 1,
  /** To the browser: so many of this connection's edits are durable. Also the sign that the line lives. */
  saved: 2,
  /** To the browser: 1 for those who write, 0 for those who read. */
  access: 3,
  /** To the browser: grows whenever something was said about the lesson, so that it asks what. */
  comments: 4,
} as const;

/** The parts of a sync message. */
export const SYNC = { state: 0, answer: 1, edit: 2 } as const;

export function syncMessage(part: number, content: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE.sync);
    encoding.writeVarUint(encoder, part);
    encoding.writeVarUint8Array(encoder, content);
  });
}

export function awarenessMessage(content: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, MESSAGE.awareness);
    encoding.writeVarUint8Array(encoder, content);
  });
}

/** A message of one number: `saved`, `access` or `comments`. */
export function numberMessage(kind: number, value: number): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, kind);
    encoding.writeVarUint(encoder, value);
  });
}

export type TextMessage =
  | { kind: 'sync'; part: number; content: Uint8Array }
  | { kind: 'awareness'; content: Uint8Array }
  | { kind: 'saved' | 'access' | 'comments'; value: number };

const NUMBERS = ['saved', 'access', 'comments'] as const;

/** Reads one message whole; throws where it is none. */
export function readMessage(bytes: Uint8Array): TextMessage {
  const decoder = decoding.createDecoder(bytes);
  const message = readAny(decoder);
  if (decoding.hasContent(decoder)) throw new Error('more than a message');
  return message;
}

function readAny(decoder: decoding.Decoder): TextMessage {
  const kind = decoding.readVarUint(decoder);
  if (kind === MESSAGE.sync) {
    const part = decoding.readVarUint(decoder);
    if (part > SYNC.edit) throw new Error('no part of ours');
    return { kind: 'sync', part, content: decoding.readVarUint8Array(decoder) };
  }
  if (kind === MESSAGE.awareness) {
    return { kind: 'awareness', content: decoding.readVarUint8Array(decoder) };
  }
  const told = NUMBERS.find((name) => MESSAGE[name] === kind);
  if (told) return { kind: told, value: decoding.readVarUint(decoder) };
  throw new Error('no message of ours');
}
