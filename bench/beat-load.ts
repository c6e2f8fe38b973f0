import { connect, type Socket } from 'node:net';

/** One viewer of the load: where their beats go, and as whom. */
export interface LoadViewer {
  path: string;
  cookie: string;
  /** The seq of the last beat sent; a later run goes on after it. */
  seq: number;
}

export interface LoadResult {
  acknowledged: number;
  seconds: number;
  /** Of all answers, ms. */
  p50: number;
  p99: number;
}

const BEAT_MS = 1_000;
const LESSON_MS = 2_600_000;

function requestOf(viewer: LoadViewer): string {
  viewer.seq += 1;
  const wallFromMs = (viewer.seq - 1) * BEAT_MS;
  const mediaFromMs = wallFromMs % LESSON_MS;
  const body = JSON.stringify({
    beats: [
      {
        seq: viewer.seq,
        wallFromMs,
        wallToMs: wallFromMs + BEAT_MS,
        mediaFromMs,
        mediaToMs: mediaFromMs + BEAT_MS,
        visible: true,
      },
    ],
  });
  return (
    `POST ${viewer.path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n` +
    `cookie: ${viewer.cookie}\r\ncontent-length: ${body.length}\r\n\r\n${body}`
  );
}

/** One connection for each viewer, each sending its next beat as soon as the last one is answered. */
export async function loadBeats(
  port: number,
  viewers: readonly LoadViewer[],
  seconds: number,
): Promise<LoadResult> {
  const started = performance.now();
  const until = started + seconds * 1_000;
  const times: number[] = [];
  await Promise.all(viewers.map((viewer) => watch(port, viewer, until, times)));
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor((times.length - 1) * share)] ?? 0;
  return {
    acknowledged: times.length,
    seconds: (performance.now() - started) / 1_000,
    p50: at(0.5),
    p99: at(0.99),
  };
}

function watch(port: number, viewer: LoadViewer, until: number, times: number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(port, '127.0.0.1');
    let sentAt = 0;
    let text = '';
    const send = () => {
      text = '';
      sentAt = performance.now();
      socket.write(requestOf(viewer));
    };
    socket.setNoDelay(true);
    socket.once('connect', send);
    socket.once('error', reject);
    socket.on('data', (part) => {
      text += part.toString('latin1');
      const head = text.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
      if (text.length < head + 4 + length) return;
      if (!text.startsWith('HTTP/1.1 200')) {
        socket.destroy();
        return reject(new Error(`a beat was answered: ${text.slice(0, 400)}`));
      }
      const now = performance.now();
      times.push(now - sentAt);
      if (now < until) return send();
      socket.end();
      resolve();
    });
  });
}
