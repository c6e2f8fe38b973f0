import { createReadStream, statSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Studio } from '../app/domain/media/testing-studio.server';
import type { Exchange } from '../app/web/http-server.server';
import { signedInCookie, testContext } from '../app/web/testing-request.server';
import { createUploadsRoute } from '../app/web/uploads.server';

export interface Uploads {
  /** Sends a whole film; resolves when its last byte has left, with the media's id. */
  send(file: string): Promise<string>;
  close(): Promise<void>;
}

/** The upload endpoint over real HTTP, with the studio's author signed in. */
export async function openUploads(studio: Studio): Promise<Uploads> {
  const context = { ...testContext(studio.client, studio.now()), mediaStore: studio.store };
  const route = createUploadsRoute(context);
  const server = createServer((asked, answer) => void route.handle(asked as Exchange, answer));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const cookie = await signedInCookie(context, studio.author.personId);
  const tus = { 'tus-resumable': '1.0.0', cookie };
  const base64 = (text: string) => Buffer.from(text).toString('base64');

  const begin = async (file: string, bytes: number): Promise<string> => {
    const names = `filename ${base64(basename(file))},courseId ${base64(studio.courseId)}`;
    const headers = { ...tus, 'upload-length': String(bytes), 'upload-metadata': names };
    const opened = await fetch(`http://127.0.0.1:${port}/api/uploads`, { method: 'POST', headers });
    const path = opened.headers.get('location');
    if (!path) throw new Error(`an upload was answered ${opened.status}`);
    return path;
  };

  return {
    async send(file) {
      const bytes = statSync(file).size;
      const path = await begin(file, bytes);
      const headers = {
        ...tus,
        'content-type': 'application/offset+octet-stream',
        'upload-offset': 0,
        'content-length': bytes,
      };
      const sending = request({ port, path, method: 'PATCH', headers });
      sending.once('response', (answer) => answer.resume());
      await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), sending);
      return path.split('/').at(-1) ?? '';
    },
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
