import type { WebSocket } from 'ws';
import type { TextMember } from '~/domain/lesson-texts/text-room.server';
import { createTextRooms } from '~/domain/lesson-texts/text-rooms.server';
import { CLOSE } from '~/domain/shared/live-line';
import type { SocketRoute } from './http-server.server';
import { createTextAdmission, LESSON_TEXTS, lessonOf } from './lesson-texts.server';
import type { Platform } from './platform.server';
import { createSocketDoor } from './socket-door.server';

/** The WebSocket of lesson texts (docs/api.md): who may read the draft is let in, who edits the lesson writes. */
export function createLessonTextSockets(platform: Platform): SocketRoute {
  const { db, clock, log } = platform;
  const rooms = createTextRooms({
    db,
    now: () => clock.now(),
    failed: (error) => log.error({ err: error }, 'a lesson text could not be kept'),
  });
  return createSocketDoor(platform, {
    ...LESSON_TEXTS,
    admit: createTextAdmission(platform),
    async enter(socket, request, { writer, writesFor }) {
      const room = await rooms.open(lessonOf(request));
      const member = memberOf(socket, writer, writesFor);
      room.join(member);
      return {
        receive(data, binary) {
          if (binary) room.receive(member, new Uint8Array(data));
          else socket.close(CLOSE.garbage, 'binary messages only');
        },
        admitted(now) {
          if (now.writesFor === member.writesFor) return;
          room.changeAccess(member, now.writer, now.writesFor);
        },
        leave: () => room.leave(member),
      };
    },
    close: () => rooms.close(),
  });
}

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
