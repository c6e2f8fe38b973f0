import { connect } from 'node:net';
import type { LoadViewer } from './beat-load';

/** A viewer that goes on after each death of the server from what was acknowledged. */
export interface KilledViewer extends LoadViewer {
  /** The seq of the last beat that was acknowledged. */
  acknowledged: number;
  /** So many after it are sent, again after each death of the server, until they are acknowledged. */
  sending: number;
}

export const BEAT_MS = 1_000;
const LESSON_MS = 2_600_000;
/** Some eight minutes in a dead zone, at a beat every 12 s. */
const MOST_WAITING_BEATS = 40;

/** How many beats a viewer sends next: half the time one, else what waited while there was no line. */
export const beatsToSend = () =>
  Math.random() < 0.5 ? 1 : 1 + Math.ceil(Math.random() * MOST_WAITING_BEATS);

function requestOf(viewer: KilledViewer): string {
  const beats = Array.from({ length: viewer.sending }, (_, index) => {
    const seq = viewer.acknowledged + 1 + index;
    const wallFromMs = (seq - 1) * BEAT_MS;
    const mediaFromMs = wallFromMs % LESSON_MS;
    const [wallToMs, mediaToMs] = [wallFromMs + BEAT_MS, mediaFromMs + BEAT_MS];
    return { seq, wallFromMs, wallToMs, mediaFromMs, mediaToMs, visible: true };
  });
  const body = JSON.stringify({ beats });
  return (
    `POST ${viewer.path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n` +
    `cookie: ${viewer.cookie}\r\ncontent-length: ${body.length}\r\n\r\n${body}`
  );
}

/**
 * Sends request after request until the server is gone; only a whole 200 answer acknowledges. Rejects when a living
 * server answers anything else.
 */
export function watchUntilDeath(port: number, viewer: KilledViewer): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    const send = () => {
      text = '';
      socket.write(requestOf(viewer));
    };
    socket.setNoDelay(true);
    socket.once('connect', send);
    // A server that is killed cuts the line; that is the end that is waited for.
    socket.on('error', () => undefined);
    socket.once('close', () => resolve());
    socket.on('data', (part) => {
      text += part.toString('latin1');
      const head = text.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? NaN);
      if (!(text.length >= head + 4 + length)) return;
      const last = viewer.acknowledged + viewer.sending;
      const { ackSeq } = JSON.parse(text.slice(head + 4)) as { ackSeq?: number };
      if (!text.startsWith('HTTP/1.1 200') || ackSeq !== last) {
        socket.destroy();
        return reject(new Error(`beat ${last} was answered: ${text}`));
      }
      viewer.acknowledged = ackSeq;
      viewer.sending = beatsToSend();
      send();
    });
  });
}
