import SQLite from 'better-sqlite3';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

// A process: the least that could acknowledge a durable beat. node:http, JSON.parse, and one row a beat in the
// same group commit on the same settings of the database; no sign-in, no law, no totals.
const db = new SQLite(process.argv[2] ?? '');
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec(`create table bare_beat (session_id text not null, seq integer not null, wall_from_ms bigint not null,
  wall_to_ms bigint not null, media_from_ms integer not null, media_to_ms integer not null,
  visible integer not null, arrived_at bigint not null, primary key (session_id, seq))`);
const insert = db.prepare('insert into bare_beat values (?, ?, ?, ?, ?, ?, ?, ?)');

interface Body {
  beats: {
    seq: number;
    wallFromMs: number;
    wallToMs: number;
    mediaFromMs: number;
    mediaToMs: number;
    visible: boolean;
  }[];
}

let waiting: { sessionId: string; body: Body; response: ServerResponse }[] = [];
const store = db.transaction((group: typeof waiting) => {
  for (const { sessionId, body } of group) {
    for (const beat of body.beats) {
      const { seq, wallFromMs, wallToMs, mediaFromMs, mediaToMs, visible } = beat;
      const at = Date.now();
      insert.run(sessionId, seq, wallFromMs, wallToMs, mediaFromMs, mediaToMs, +visible, at);
    }
  }
});

function flush(): void {
  const group = waiting;
  waiting = [];
  store(group);
  for (const { body, response } of group) {
    const answer = JSON.stringify({ ackSeq: body.beats.at(-1)?.seq });
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(answer),
    });
    response.end(answer);
  }
}

const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.once('end', () => {
    const body = JSON.parse(Buffer.concat(parts).toString('utf8')) as Body;
    const sessionId = (request.url ?? '').split('/')[3] ?? '';
    if (waiting.length === 0) setImmediate(flush);
    waiting.push({ sessionId, body, response });
  });
});
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
