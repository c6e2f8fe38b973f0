import { createDraftRooms, type DraftMember } from '~/domain/course-drafts/draft-rooms.server';
import { CLOSE } from '~/domain/shared/live-line';
import { COURSE_DRAFTS, courseOf, createDraftAdmission } from './course-drafts.server';
import type { SocketRoute } from './http-server.server';
import type { Platform } from './platform.server';
import { createSocketDoor } from './socket-door.server';

/** The WebSocket of course drafts (docs/api.md): who may read a draft is told that it changed, and who is in it. */
export function createCourseDraftSockets(platform: Platform): SocketRoute {
  const { db, log } = platform;
  const rooms = createDraftRooms({
    db,
    failed: (error) => log.error({ err: error }, 'changes of course drafts could not be seen'),
  });
  return createSocketDoor(platform, {
    ...COURSE_DRAFTS,
    admit: createDraftAdmission(platform),
    enter(socket, request, { writer }) {
      const courseId = courseOf(request);
      const member: DraftMember = {
        writer,
        send: (message) => {
          if (socket.readyState === socket.OPEN) socket.send(message);
        },
        close: (code, reason) => socket.close(code, reason),
      };
      rooms.join(courseId, member);
      return {
        receive(data, binary) {
          if (binary) socket.close(CLOSE.garbage, 'text messages only');
          else rooms.receive(courseId, member, data.toString());
        },
        admitted: (now) => void (member.writer = now.writer),
        leave: () => rooms.leave(courseId, member),
      };
    },
    close: () => rooms.close(),
  });
}
