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

function resultOf(times: number[], seconds: number): LoadResult {
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor((times.length - 1) * share)] ?? 0;
  return { acknowledged: times.length, seconds, p50: at(0.5), p99: at(0.99) };
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
  const watch = async (viewer: LoadViewer) => {
    const line = await openLine(port);
    for (let now = performance.now(); now < until;) {
      await line.send(requestOf(viewer));
      times.push(performance.now() - now);
      now = performance.now();
    }
    line.close();
  };
  await Promise.all(viewers.map(watch));
  return resultOf(times, (performance.now() - started) / 1_000);
}

/**
 * So many beats a second, evenly, whether or not the answers keep up: a beat that finds no free connection waits, and
 * its time counts from when it was due. The viewers take turns.
 */
export async function offerBeats(
  port: number,
  viewers: readonly LoadViewer[],
  offer: { connections: number; aSecond: number; seconds: number },
): Promise<LoadResult> {
  const lines = await Promise.all(
    Array.from({ length: Math.min(offer.connections, viewers.length) }, () => openLine(port)),
  );
  const free = [...lines];
  const due: number[] = [];
  const times: number[] = [];
  const total = Math.floor(offer.aSecond * offer.seconds);
  const started = performance.now();
  let offered = 0;
  let next = 0;
  await new Promise<void>((resolve, reject) => {
    const sendDue = () => {
      while (due.length > 0 && free.length > 0) {
        const dueAt = due.shift()!;
        const line = free.shift()!;
        const viewer = viewers[next % viewers.length]!;
        next += 1;
        line.send(requestOf(viewer)).then(() => {
          times.push(performance.now() - dueAt);
          free.push(line);
          if (times.length === total) resolve();
          else sendDue();
        }, reject);
      }
    };
    const tick = () => {
      const now = performance.now();
      for (; offered < total; offered += 1) {
        const dueAt = started + (offered * 1_000) / offer.aSecond;
        if (dueAt > now) break;
        due.push(dueAt);
      }
      sendDue();
      if (offered < total) setTimeout(tick, 1);
    };
    tick();
  });
  for (const line of lines) line.close();
  return resultOf(times, (performance.now() - started) / 1_000);
}

interface Line {
  /** Ends when the answer has come; throws for any but 200. One request at a time. */
  send(request: string): Promise<void>;
  close(): void;
}

function openLine(port: number): Promise<Line> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(port, '127.0.0.1');
    let text = '';
    let answered: () => void = () => undefined;
    let failed: (error: Error) => void = reject;
    socket.setNoDelay(true);
    socket.once('error', (error) => failed(error));
    socket.once('connect', () =>
      resolve({
        send: (request) =>
          new Promise((done, fail) => {
            answered = done;
            failed = fail;
            text = '';
            socket.write(request);
          }),
        close: () => socket.end(),
      }),
    );
    socket.on('data', (part) => {
      text += part.toString('latin1');
      const head = text.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
      if (text.length < head + 4 + length) return;
      if (text.startsWith('HTTP/1.1 200')) return answered();
      socket.destroy();
      failed(new Error(`a beat was answered: ${text.slice(0, 400)}`));
    });
  });
}
