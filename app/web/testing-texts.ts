import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket as Socket } from 'ws';
import * as Y from 'yjs';
import { TEXT_FIELD } from '~/domain/lesson-texts/text-schema';
import { TextLine, type LineState } from '~/routes/teach/text-line';
import { createLessonTextSockets } from './lesson-text-sockets.server';
import type { SocketRoute } from './http-server.server';
import type { Platform } from './platform.server';

/** For tests: a server of nothing but a WebSocket, as one process of the platform has it. */
export interface TextServer {
  url: string;
  /** Ends it without a word, as a killed process does: what is not stored is lost. */
  kill(): Promise<void>;
  /** Ends it as SIGTERM does. */
  close(): Promise<void>;
}

export const serveTexts = (platform: Platform, port = 0): Promise<TextServer> =>
  serveSocket(createLessonTextSockets(platform), port);

export async function serveSocket(route: SocketRoute, port = 0): Promise<TextServer> {
  const server: Server = createServer((_request, response) => response.writeHead(426).end());
  const sockets = new Set<{ destroy(): void }>();
  server.on('connection', (socket) => sockets.add(socket));
  server.on('upgrade', (request, socket, head) => void route.upgrade(request, socket, head));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const end = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    url: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    kill: end,
    async close() {
      await route.close();
      await end();
    },
  };
}

/** For tests: somebody with a lesson's text open. */
export interface TextClient {
  line: TextLine;
  doc: Y.Doc;
  /** The text alone, paragraph by paragraph. */
  words(): string;
  /** Writes into the first paragraph. */
  write(at: number, words: string): void;
  erase(at: number, length: number): void;
  until(what: (state: LineState, client: TextClient) => boolean): Promise<void>;
}

const WAIT_MS = 8_000;

export function openClient(url: string, lessonId: string, cookie: string): TextClient {
  const doc = new Y.Doc();
  const waiting = new Set<() => void>();
  const wake = () => waiting.forEach((check) => check());
  const dial = () => {
    const socket = new Socket(`ws://${url}/api/lesson-texts/${lessonId}`, { headers: { cookie } });
    socket.on('error', () => undefined);
    return socket as unknown as WebSocket;
  };
  const ask = async () => {
    const answer = await fetch(`http://${url}/api/lesson-texts/${lessonId}`, {
      headers: { cookie },
    });
    return answer.status;
  };
  const line = new TextLine(doc, { dial, ask }, wake);
  doc.on('update', wake);
  line.presence.on('change', wake);
  const paragraphs = () => doc.getXmlFragment(TEXT_FIELD).toArray() as Y.XmlElement[];
  const first = () => {
    const text = paragraphs()[0]?.toArray()[0];
    if (text instanceof Y.XmlText) return text;
    const made = new Y.XmlText();
    paragraphs()[0]?.insert(0, [made]);
    return made;
  };
  const client: TextClient = {
    line,
    doc,
    words: () =>
      paragraphs()
        .map((one) => plainText(one))
        .join('\n'),
    write: (at, words) => first().insert(Math.min(at, first().length), words),
    erase: (at, length) => {
      const from = Math.min(at, first().length);
      first().delete(from, Math.min(length, first().length - from));
    },
    until: (what) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => {
          waiting.delete(check);
          reject(new Error(`waited in vain: ${JSON.stringify(line.state)} ${client.words()}`));
        }, WAIT_MS);
        const check = () => {
          if (!what(line.state, client)) return;
          waiting.delete(check);
          clearTimeout(late);
          resolve();
        };
        waiting.add(check);
        check();
      }),
  };
  line.dial();
  return client;
}

/** The words of a paragraph without marks. */
export const plainText = (paragraph: Y.XmlElement) =>
  paragraph
    .toArray()
    .map((part) => (part instanceof Y.XmlText ? part.toJSON() : ''))
    .join('');

/** Everything is here, and everything of mine is durable. */
export const settled = (state: LineState) => state.line === 'open' && !state.unsaved;
