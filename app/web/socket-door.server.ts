import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { DomainError, Forbidden, NotFound, NotSignedIn, TooMany } from '~/domain/shared/errors';
import { CLOSE, type Writer } from '~/domain/shared/live-line';
import { problemOf } from './api.server';
import type { SocketRoute } from './http-server.server';
import type { Platform } from './platform.server';

const LARGEST_MESSAGE = 1_000_000;
const MOST_UNSENT = 16_000_000;
const MOST_OF_A_PERSON = 20;
/** A right or a sign-in that ends ends here within this time and the 5 s of the sign-in cache. */
const RECHECK_MS = 3_000;
/** A line that answers no ping is dropped within two of these: its person is shown no longer. */
const PING_EVERY_MS = 10_000;
/** Messages that may come at once, and every second after that: several times what hands can type. */
const BURST = 600;
const A_SECOND = 100;

/** What is behind the door, for one connection that was let in. */
export interface Guest<Admission> {
  receive(data: Buffer, binary: boolean): void;
  /** Rights have been looked at again. */
  admitted(admission: Admission): void;
  leave(): void;
}

interface Connection<Admission> {
  socket: WebSocket;
  request: IncomingMessage;
  personId: string;
  guest: Guest<Admission> | undefined;
  credit: number;
  countedAt: number;
  answers: boolean;
}

/**
 * A WebSocket that lets in whom `admit` does not refuse, and asks again every few seconds: a right that ends closes the
 * connection with the code of its reason. At most 20 connections a person; a line that is dead or floods is dropped.
 */
export function createSocketDoor<Admission extends { writer: Writer }>(
  { log }: Platform,
  room: {
    name: string;
    match: RegExp;
    admit(request: IncomingMessage): Promise<Admission>;
    enter(
      socket: WebSocket,
      request: IncomingMessage,
      as: Admission,
    ): Guest<Admission> | Promise<Guest<Admission>>;
    close(): Promise<void>;
  },
): SocketRoute {
  const { name, match } = room;
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_MESSAGE,
    perMessageDeflate: false,
    clientTracking: false,
  });
  const connections = new Set<Connection<Admission>>();

  const seat = async (connection: Connection<Admission>, admission: Admission): Promise<void> => {
    const { socket, request } = connection;
    connections.add(connection);
    socket.on('error', () => socket.terminate());
    socket.on('pong', () => (connection.answers = true));
    socket.on('close', () => {
      connections.delete(connection);
      connection.guest?.leave();
    });
    socket.pause();
    try {
      const guest = await room.enter(socket, request, admission);
      if (socket.readyState !== socket.OPEN) return guest.leave();
      connection.guest = guest;
      socket.on('message', (data, binary) => receive(connection, data, binary));
      socket.resume();
    } catch (error) {
      if (!(error instanceof DomainError)) log.error({ err: error }, `${name} could not be opened`);
      socket.resume();
      socket.close(error instanceof NotFound ? CLOSE.gone : CLOSE.restart, 'cannot be opened');
    }
  };

  const recheck = async ({ request, guest, socket }: Connection<Admission>): Promise<void> => {
    try {
      guest?.admitted(await room.admit(request));
    } catch (error) {
      const code = closeCodeOf(error);
      if (code) socket.close(code, 'no longer let in');
      else log.warn({ err: error }, 'a right could not be checked');
    }
  };

  const round = async (): Promise<void> => {
    for (const connection of connections) {
      if (connection.socket.bufferedAmount > MOST_UNSENT) connection.socket.terminate();
      else await recheck(connection);
    }
  };
  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    running ??= round().finally(() => (running = undefined));
  }, RECHECK_MS);
  timer.unref();
  const pings = setInterval(() => {
    for (const connection of connections) {
      if (!connection.answers) connection.socket.terminate();
      connection.answers = false;
      connection.socket.ping();
    }
  }, PING_EVERY_MS);
  pings.unref();

  return {
    name,
    match,
    async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer) {
      try {
        const admission = await room.admit(request);
        const { personId } = admission.writer;
        const own = [...connections].filter((connection) => connection.personId === personId);
        if (own.length >= MOST_OF_A_PERSON) throw new TooMany(60, 'too-many-connections');
        server.handleUpgrade(request, socket, head, (opened) => {
          const counted = { credit: BURST, countedAt: performance.now(), answers: true };
          const connection = { socket: opened, request, personId, guest: undefined, ...counted };
          void seat(connection, admission);
        });
      } catch (error) {
        await refuse(socket, error);
      }
    },
    async close() {
      clearInterval(timer);
      clearInterval(pings);
      await room.close();
      for (const { socket } of connections) socket.terminate();
    },
  };
}

function receive<Admission>(
  connection: Connection<Admission>,
  data: RawData,
  binary: boolean,
): void {
  const now = performance.now();
  const earned = ((now - connection.countedAt) / 1000) * A_SECOND;
  connection.credit = Math.min(BURST, connection.credit + earned) - 1;
  connection.countedAt = now;
  const { socket, guest } = connection;
  if (connection.credit < 0) return socket.close(CLOSE.tooMany, 'too many messages');
  if (data instanceof Buffer) guest?.receive(data, binary);
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
