import { connect } from 'node:net';

/** One range of one file to fetch. */
export interface SegmentRequest {
  path: string;
  from: number;
  to: number;
}

const CONNECTIONS = 8;
const READ_BYTES = 256 * 1024;

/**
 * Fetches segments in turn over 8 connections for so many seconds; bytes of content a second. Reads
 * into one buffer a connection and looks at nothing but heads, so that the server is what is measured.
 */
export async function fetchSegments(
  url: string,
  cookie: string,
  requests: readonly SegmentRequest[],
  seconds: number,
): Promise<number> {
  const { hostname, port } = new URL(url);
  const until = performance.now() + seconds * 1000;
  const started = performance.now();
  let next = 0;
  const run = () =>
    new Promise<number>((resolve, reject) => {
      let content = 0;
      let missing = 0;
      let head = '';
      let wanted: SegmentRequest | undefined;
      const ask = () => {
        if (performance.now() > until) {
          socket.destroy();
          return resolve(content);
        }
        wanted = requests[(next += 1) % requests.length]!;
        const { path, from, to } = wanted;
        socket.write(
          `GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nCookie: ${cookie}\r\nRange: bytes=${from}-${to}\r\n\r\n`,
        );
      };
      const take = (length: number, buffer: Uint8Array) => {
        let at = 0;
        if (missing === 0) {
          head += Buffer.from(buffer.subarray(0, length)).toString('latin1');
          const end = head.indexOf('\r\n\r\n');
          if (end < 0) return true;
          const bytes = Number(/content-length: (\d+)/i.exec(head)?.[1]);
          if (!head.startsWith('HTTP/1.1 206') || bytes !== wanted!.to - wanted!.from + 1) {
            reject(new Error(`a segment was answered ${head.slice(0, 200)}`));
            return false;
          }
          at = length - (head.length - end - 4);
          missing = bytes;
          head = '';
        }
        content += length - at;
        missing -= length - at;
        if (missing === 0) ask();
        return true;
      };
      const socket = connect({
        host: hostname,
        port: Number(port),
        onread: { buffer: Buffer.alloc(READ_BYTES), callback: take },
      });
      socket.once('connect', ask);
      socket.once('error', reject);
    });
  const counts = await Promise.all(Array.from({ length: CONNECTIONS }, run));
  const bytes = counts.reduce((sum, count) => sum + count, 0);
  return bytes / ((performance.now() - started) / 1000);
}
