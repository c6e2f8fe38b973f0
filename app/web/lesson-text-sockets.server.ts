import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { admitToText } from '~/domain/lesson-texts/text-admission.server';
import { CLOSE } from '~/domain/lesson-texts/text-protocol';
import type { TextMember, TextRoom } from '~/domain/lesson-texts/text-room.server';
import { createTextRooms } from '~/domain/lesson-texts/text-rooms.server';
import { DomainError, Forbidden, NotFound, NotSignedIn, TooMany } from '~/domain/shared/errors';
import { problemOf } from './api.server';
import type { SocketRoute } from './http-server.server';
import { createViewerFinder, LESSON_TEXTS, lessonOf } from './lesson-texts.server';
import type { Platform } from './platform.server';

const LARGEST_MESSAGE = 1_000_000;
const MOST_UNSENT = 16_000_000;
const MOST_OF_A_PERSON = 20;
/** A right or a sign-in that ends ends here within this time and the 5 s of the sign-in cache. */
const RECHECK_MS = 3_000;
/** Messages that may come at once, and every second after that: several times what hands can type. */
const BURST = 600;
const A_SECOND = 100;

interface Connection {
  socket: WebSocket;
  request: IncomingMessage;
  lessonId: string;
  member: TextMember;
  room: TextRoom | undefined;
  credit: number;
  countedAt: number;
  answers: boolean;
}

/** The WebSocket of lesson texts (docs/api.md): who may read the draft is let in, and looked at again every few seconds. */
export function createLessonTextSockets(platform: Platform): SocketRoute {
  const { db, clock, log } = platform;
  const findPerson = createViewerFinder(platform);
  const rooms = createTextRooms({
    db,
    now: () => clock.now(),
    failed: (error) => log.error({ err: error }, 'a lesson text could not be kept'),
  });
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_MESSAGE,
    perMessageDeflate: false,
    clientTracking: false,
  });
  const connections = new Set<Connection>();

  const admit = async (request: IncomingMessage, lessonId: string) =>
    admitToText(db, await findPerson(request.headers.cookie), lessonId);

  const seat = async (connection: Connection): Promise<void> => {
    const { socket, lessonId, member } = connection;
    connections.add(connection);
    socket.on('error', () => socket.terminate());
    socket.on('pong', () => (connection.answers = true));
    socket.on('close', () => {
      connections.delete(connection);
      connection.room?.leave(member);
    });
    socket.pause();
    try {
      const room = await rooms.open(lessonId);
      if (socket.readyState !== socket.OPEN) return;
      connection.room = room;
      socket.on('message', (data, binary) => receive(connection, data, binary));
      room.join(member);
      socket.resume();
    } catch (error) {
      if (!(error instanceof DomainError)) log.error({ err: error }, 'a text could not be opened');
      socket.resume();
      socket.close(error instanceof NotFound ? CLOSE.gone : CLOSE.restart, 'cannot open the text');
    }
  };

  const recheck = async (connection: Connection): Promise<void> => {
    const { request, lessonId, member, room, socket } = connection;
    try {
      const { writer, writesFor } = await admit(request, lessonId);
      if (writesFor !== member.writesFor) room?.changeAccess(member, writer, writesFor);
    } catch (error) {
      const code = closeCodeOf(error);
      if (code) socket.close(code, 'no longer let in');
      else log.warn({ err: error }, 'a right could not be checked');
    }
  };

  const round = async (): Promise<void> => {
    for (const connection of connections) {
      const { socket } = connection;
      if (!connection.answers || socket.bufferedAmount > MOST_UNSENT) {
        socket.terminate();
        continue;
      }
      await recheck(connection);
    }
  };
  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    running ??= round().finally(() => (running = undefined));
  }, RECHECK_MS);
  timer.unref();
  const pings = setInterval(() => {
    for (const connection of connections) {
      connection.answers = false;
      connection.socket.ping();
    }
  }, 10 * RECHECK_MS);
  pings.unref();

  return {
    ...LESSON_TEXTS,
    async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer) {
      try {
        const lessonId = lessonOf(request);
        const { writer, writesFor } = await admit(request, lessonId);
        const own = [...connections].filter(({ member }) => same(member, writer.personId));
        if (own.length >= MOST_OF_A_PERSON) throw new TooMany(60, 'too-many-connections');
        server.handleUpgrade(request, socket, head, (opened) => {
          const member = memberOf(opened, writer, writesFor);
          const counted = { credit: BURST, countedAt: performance.now(), answers: true };
          void seat({ socket: opened, request, lessonId, member, room: undefined, ...counted });
        });
      } catch (error) {
        await refuse(socket, error);
      }
    },
    async close() {
      clearInterval(timer);
      clearInterval(pings);
      await rooms.close();
      for (const { socket } of connections) socket.terminate();
    },
  };
}

const same = (member: TextMember, personId: string) => member.writer.personId === personId;

function memberOf(
  socket: WebSocket,
  writer: TextMember['writer'],
  writesFor: string | undefined,
): TextMember {
  return {
    writer,
    writesFor,
    send: (message) => {
      if (socket.readyState === socket.OPEN) socket.send(message);
    },
    close: (code, reason) => socket.close(code, reason),
  };
}

function receive(connection: Connection, data: RawData, binary: boolean): void {
  const now = performance.now();
  const earned = ((now - connection.countedAt) / 1000) * A_SECOND;
  connection.credit = Math.min(BURST, connection.credit + earned) - 1;
  connection.countedAt = now;
  const { socket, room, member } = connection;
  if (connection.credit < 0) return socket.close(CLOSE.tooMany, 'too many messages');
  if (!binary || !(data instanceof Buffer))
    return socket.close(CLOSE.garbage, 'binary messages only');
  room?.receive(member, new Uint8Array(data));
}

function closeCodeOf(error: unknown): number | undefined {
  if (error instanceof NotSignedIn) return CLOSE.signedOut;
  if (error instanceof Forbidden) return CLOSE.forbidden;
  return error instanceof NotFound ? CLOSE.gone : undefined;
}

/** The answer to a handshake that is refused: the same problem that a request would get. */
async function refuse(socket: Duplex, error: unknown): Promise<void> {
  let answer: Response;
  try {
    answer = problemOf(error);
  } catch {
    answer = new Response('{"type":"internal","status":500}', { status: 500 });
  }
  const body = await answer.text();
  const lines = [
    `HTTP/1.1 ${answer.status} Refused`,
    'Connection: close',
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
