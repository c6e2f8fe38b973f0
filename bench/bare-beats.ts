import SQLite from 'better-sqlite3';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';

// A process: the least that could acknowledge a durable beat. node:http, JSON.parse, and one row a beat in the
// same group commit on the same settings of the same engine; no sign-in, no law, no totals.
const TABLE = `create table bare_beat (session_id text not null, seq integer not null, wall_from_ms bigint not null,
  wall_to_ms bigint not null, media_from_ms integer not null, media_to_ms integer not null,
  visible integer not null, arrived_at bigint not null, primary key (session_id, seq))`;

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
type Waiting = { sessionId: string; body: Body; response: ServerResponse }[];

const rowsOf = (group: Waiting) =>
  group.flatMap(({ sessionId, body }) =>
    body.beats.map(
      ({ seq, wallFromMs, wallToMs, mediaFromMs, mediaToMs, visible }): (string | number)[] => {
        const at = Date.now();
        return [sessionId, seq, wallFromMs, wallToMs, mediaFromMs, mediaToMs, +visible, at];
      },
    ),
  );

function openSqlite(url: string): (group: Waiting) => Promise<void> {
  const db = new SQLite(url.replace(/^file:/, ''));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('cache_size = -16384');
  db.pragma('wal_autocheckpoint = 8000');
  db.exec(TABLE);
  const insert = db.prepare('insert into bare_beat values (?, ?, ?, ?, ?, ?, ?, ?)');
  const store = db.transaction((group: Waiting) => {
    for (const row of rowsOf(group)) insert.run(...row);
  });
  return (group) => Promise.resolve(store(group));
}

async function openPostgres(url: string): Promise<(group: Waiting) => Promise<void>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(TABLE);
  const types = ['text', 'int', 'bigint', 'bigint', 'int', 'int', 'int', 'bigint'];
  const arrays = types.map((type, index) => `$${index + 1}::${type}[]`).join(', ');
  const text = `insert into bare_beat select * from unnest(${arrays})`;
  return async (group) => {
    const rows = rowsOf(group);
    const values = types.map((_type, index) => rows.map((row) => row[index]));
    await client.query({ name: 'insert', text, values });
  };
}

const url = process.argv[2] ?? '';
const store = url.startsWith('postgres') ? await openPostgres(url) : openSqlite(url);
let waiting: Waiting = [];
let storing = false;

async function flush(): Promise<void> {
  while (waiting.length > 0) {
    const group = waiting;
    waiting = [];
    await store(group);
    for (const { body, response } of group) {
      const answer = JSON.stringify({ ackSeq: body.beats.at(-1)?.seq });
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(answer),
      });
      response.end(answer);
    }
  }
  storing = false;
}

const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.once('end', () => {
    const body = JSON.parse(Buffer.concat(parts).toString('utf8')) as Body;
    const sessionId = (request.url ?? '').split('/')[3] ?? '';
    waiting.push({ sessionId, body, response });
    if (storing) return;
    storing = true;
    setImmediate(() => void flush());
  });
});
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
