import { z } from 'zod';
import type { Db } from '~db/client.server';
import { CLOSE, SIGN_OF_LIFE_MS, type Writer } from '../shared/live-line';
import { readDraftMarks } from './draft-marks.server';
import { sameMarks, type DraftMarks, type DraftMessage, type PersonHere } from './draft-protocol';

/** How long a change may stay unseen by those who have the course open. */
const LOOK_EVERY_MS = 500;
/** Who clicks through a course is shown to the others at most so often. */
const PEOPLE_EVERY_MS = 80;
const whereabouts = z.object({ at: z.string().max(64).nullable() });

/** One connection to a course's draft. */
export interface DraftMember {
  writer: Writer;
  send(message: string): void;
  close(code: number, reason: string): void;
}

interface Room {
  /** Where each member is. */
  members: Map<DraftMember, string | null>;
  marks: DraftMarks | undefined;
  telling: ReturnType<typeof setTimeout> | undefined;
}

export interface DraftRooms {
  join(courseId: string, member: DraftMember): void;
  leave(courseId: string, member: DraftMember): void;
  /** Takes what a member says; what cannot be read closes their connection only. */
  receive(courseId: string, member: DraftMember, text: string): void;
  close(): Promise<void>;
}

/**
 * The courses whose editor somebody has open through this process: tells each member that something has changed, never
 * what, and who else is there. Looks into the database, so it sees what other processes wrote as soon as its own; who is
 * connected to another process it does not know.
 */
export function createDraftRooms(given: { db: Db; failed: (error: unknown) => void }): DraftRooms {
  const rooms = new Map<string, Room>();

  const look = async (): Promise<void> => {
    const read = await readDraftMarks(given.db, [...rooms.keys()]);
    for (const [courseId, marks] of read) {
      const room = rooms.get(courseId);
      if (!room || (room.marks && sameMarks(room.marks, marks))) continue;
      room.marks = marks;
      tell(room, { kind: 'marks', ...marks });
    }
  };
  let greetedAt = performance.now();
  let running: Promise<void> | undefined;
  const round = async (): Promise<void> => {
    await look();
    if (performance.now() - greetedAt < SIGN_OF_LIFE_MS) return;
    greetedAt = performance.now();
    for (const room of rooms.values()) if (room.marks) tell(room, { kind: 'marks', ...room.marks });
  };
  const timer = setInterval(() => {
    if (rooms.size > 0) {
      running ??= round()
        .catch(given.failed)
        .finally(() => (running = undefined));
    }
  }, LOOK_EVERY_MS);
  timer.unref();

  const showPeople = (room: Room): void => {
    room.telling ??= setTimeout(() => {
      room.telling = undefined;
      tell(room, { kind: 'people', people: listPeople(room) });
    }, PEOPLE_EVERY_MS);
  };

  return {
    join(courseId, member) {
      const room = rooms.get(courseId) ?? {
        members: new Map(),
        marks: undefined,
        telling: undefined,
      };
      rooms.set(courseId, room);
      room.members.set(member, null);
      if (room.marks) say(member, { kind: 'marks', ...room.marks });
      showPeople(room);
    },
    leave(courseId, member) {
      const room = rooms.get(courseId);
      if (!room?.members.delete(member)) return;
      if (room.members.size > 0) return showPeople(room);
      clearTimeout(room.telling);
      rooms.delete(courseId);
    },
    receive(courseId, member, text) {
      const room = rooms.get(courseId);
      if (!room?.members.has(member)) return;
      const said = readWhereabouts(text);
      if (!said) return member.close(CLOSE.garbage, 'not a message of this draft');
      room.members.set(member, said.at);
      showPeople(room);
    },
    async close() {
      clearInterval(timer);
      for (const { members, telling } of rooms.values()) {
        clearTimeout(telling);
        for (const member of members.keys()) member.close(CLOSE.restart, 'restarting');
      }
      await running;
    },
  };
}

function readWhereabouts(text: string) {
  try {
    return whereabouts.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Each person once at each place. */
function listPeople({ members }: Room): PersonHere[] {
  const people = new Map<string, PersonHere>();
  for (const [{ writer }, at] of members) people.set(`${writer.personId} ${at}`, { ...writer, at });
  return [...people.values()];
}

function say(member: DraftMember, message: DraftMessage): void {
  member.send(JSON.stringify(message));
}

function tell(room: Room, message: DraftMessage): void {
  const text = JSON.stringify(message);
  for (const member of room.members.keys()) member.send(text);
}
