import { writeSync } from 'node:fs';
import { openDatabase } from '~db/client.server';
import { startTestServer } from './testing-server.server';

// A server process of its own with the JSON routes of studying, over a database that others use at the same time.
// It writes to standard output its address in a line.
const server = await startTestServer(openDatabase(process.env.DATABASE_URL ?? ''));
writeSync(1, `${server.url}\n`);
