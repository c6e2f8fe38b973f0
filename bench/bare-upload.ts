import { createWriteStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';

// A process: the least that could take an upload. node:http, the request piped into the file, which is written
// through to the disk before the answer; no protocol, no rights, no digest, no row.
const file = process.argv[2]!;

const server = createServer((request, response) => {
  const out = createWriteStream(file, { flush: true, highWaterMark: 2_000_000 });
  void pipeline(request, out).then(() => response.writeHead(204).end());
});
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
