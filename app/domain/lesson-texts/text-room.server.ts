import * as awareness from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { Db } from '~db/client.server';
import { CLOSE, type Writer } from '../shared/live-line';
import { appendEdits, type TextEdit } from './append-edits.server';
import { EditQueue } from './edit-queue.server';
import { listEdits, type StoredText } from './open-lesson-text.server';
import { showPresence } from './shown-presence';
import * as protocol from './text-protocol';

/** One connection to a text. */
export interface TextMember {
  writer: Writer;
  /** The organization for which the person writes; undefined for those who only read. */
  writesFor: string | undefined;
  send(message: Uint8Array): void;
  close(code: number, reason: string): void;
}

/** A document of more bytes takes no more edits: some hundred times a long lesson. */
const LARGEST_DOCUMENT = 8_000_000;
const CLIENTS_A_MEMBER = 2;
/** The first key after a pause is passed on at once; where twenty type, what comes within this time goes together. */
const NEWS_EVERY_MS = 30;
/** Carets may lag a little behind the words: with twenty who type, every key would be told to nineteen. */
const PRESENCE_EVERY_MS = 80;
const STORED = 'stored elsewhere';

interface Seat {
  clients: Set<number>;
  /** Edits received, and how many of them are durable. */
  edits: number;
  saved: number;
  telling: boolean;
}

/** A text that somebody has open here: merges what its members write, stores it, and passes it on. */
export class TextRoom {
  readonly presence: awareness.Awareness;
  readonly queue: EditQueue;
  /** Since when `article_html` lags, and when it was last written to; on the process's timer. */
  lagsSince: number | undefined;
  editedAt = 0;
  usedAt = performance.now();
  private commentsVersion: number | undefined;
  private readonly seats = new Map<TextMember, Seat>();
  private readonly doc: Y.Doc;
  private seen: number;
  private bytes: number;
  private applied: Uint8Array | undefined;
  private news: { update: Uint8Array; origin: unknown }[] = [];
  private tellingNews: ReturnType<typeof setTimeout> | undefined;
  private toldAt = 0;
  private readonly moved = new Set<number>();
  private telling: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly lessonId: string,
    stored: StoredText,
    private readonly given: { db: Db; now: () => number; failed: (error: unknown) => void },
  ) {
    this.doc = stored.doc;
    this.seen = stored.lastNumber;
    this.bytes = Y.encodeStateAsUpdate(this.doc).length;
    this.presence = new awareness.Awareness(this.doc);
    this.presence.setLocalState(null);
    this.queue = new EditQueue((edits) => this.store(edits), given.failed);
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      this.applied = update;
      this.bytes += update.length;
      this.news.push({ update, origin });
      const quietFor = performance.now() - this.toldAt;
      this.tellingNews ??= setTimeout(() => this.tellNews(), NEWS_EVERY_MS - quietFor);
    });
    this.presence.on('update', (changed: Record<string, number[]>) => {
      for (const client of Object.values(changed).flat()) this.moved.add(client);
      this.telling ??= setTimeout(() => this.tellPresence(), PRESENCE_EVERY_MS);
    });
  }

  get empty(): boolean {
    return this.seats.size === 0;
  }

  /** The newest edit that is in the document here. */
  get lastNumber(): number {
    return this.seen;
  }

  join(member: TextMember): void {
    this.usedAt = performance.now();
    this.seats.set(member, { clients: new Set(), edits: 0, saved: 0, telling: false });
    this.admit(member);
    if (this.commentsVersion !== undefined) {
      member.send(protocol.numberMessage(protocol.MESSAGE.comments, this.commentsVersion));
    }
    const clients = [...this.presence.getStates().keys()];
    if (clients.length === 0) return;
    const states = awareness.encodeAwarenessUpdate(this.presence, clients);
    member.send(protocol.awarenessMessage(states));
  }

  leave(member: TextMember): void {
    this.usedAt = performance.now();
    const seat = this.seats.get(member);
    this.seats.delete(member);
    if (seat) awareness.removeAwarenessStates(this.presence, [...seat.clients], 'left');
  }

  /** Tells the member what they may do from now on; who may write now is asked for what was refused before. */
  changeAccess(member: TextMember, writer: Writer, writesFor: string | undefined): void {
    member.writesFor = writesFor;
    member.writer = writer;
    this.admit(member);
  }

  /** Tells every member that something was said about the lesson, where it was. */
  noteComments(version: number): void {
    if (version === this.commentsVersion) return;
    this.commentsVersion = version;
    this.tell(protocol.numberMessage(protocol.MESSAGE.comments, version), undefined);
  }

  /** A sign of life to every member, with what is durable of theirs. */
  greet(): void {
    for (const [member, { saved }] of this.seats) {
      member.send(protocol.numberMessage(protocol.MESSAGE.saved, saved));
    }
  }

  /** Takes one message of a member; one that cannot be read closes their connection only. */
  receive(member: TextMember, bytes: Uint8Array): void {
    const seat = this.seats.get(member);
    if (!seat) return;
    try {
      const message = protocol.readMessage(bytes);
      if (message.kind === 'awareness') return this.show(member, seat, message.content);
      if (message.kind !== 'sync') throw new Error('only the server says so');
      if (message.part === protocol.SYNC.state) {
        const missing = Y.encodeStateAsUpdate(this.doc, message.content);
        return member.send(protocol.syncMessage(protocol.SYNC.answer, missing));
      }
      this.edit(member, seat, message.content);
    } catch {
      member.close(CLOSE.garbage, 'not a message of this text');
    }
  }

  /** Brings in what other servers, or actions beside the editor, have stored meanwhile. */
  async catchUp(): Promise<void> {
    const edits = await listEdits(this.given.db, this.lessonId, this.seen);
    for (const { number, update } of edits) {
      Y.applyUpdate(this.doc, update, STORED);
      this.seen = Math.max(this.seen, number);
    }
  }

  /** Closes every connection and stops; what was not durable yet was never acknowledged. */
  end(): void {
    for (const member of this.seats.keys()) member.close(CLOSE.restart, 'restarting');
    this.queue.end();
    clearTimeout(this.telling);
    clearTimeout(this.tellingNews);
    this.presence.destroy();
  }

  private admit(member: TextMember): void {
    member.send(protocol.numberMessage(protocol.MESSAGE.access, member.writesFor ? 1 : 0));
    member.send(protocol.syncMessage(protocol.SYNC.state, Y.encodeStateVector(this.doc)));
  }

  private edit(member: TextMember, seat: Seat, update: Uint8Array): void {
    // Throws before anything of a broken update is in the document.
    Y.decodeUpdate(update);
    seat.edits += 1;
    const { writesFor } = member;
    if (!writesFor) return;
    if (this.bytes + update.length > LARGEST_DOCUMENT) {
      return member.close(CLOSE.tooLarge, 'the text is too large');
    }
    this.applied = undefined;
    Y.applyUpdate(this.doc, update, member);
    const { pendingStructs, pendingDs } = this.doc.store;
    const news = pendingStructs || pendingDs ? update : this.applied;
    if (news) {
      this.editedAt = performance.now();
      this.lagsSince ??= this.editedAt;
    }
    const { personId } = member.writer;
    const count = seat.edits;
    this.queue.add(news && { personId, organizationId: writesFor, update: news }, () => {
      seat.saved = count;
      this.acknowledge(member, seat);
    });
  }

  /** Once for all edits that became durable together. */
  private acknowledge(member: TextMember, seat: Seat): void {
    if (seat.telling) return;
    seat.telling = true;
    queueMicrotask(() => {
      seat.telling = false;
      member.send(protocol.numberMessage(protocol.MESSAGE.saved, seat.saved));
    });
  }

  private show(member: TextMember, seat: Seat, update: Uint8Array): void {
    const owns = (client: number): boolean => {
      for (const [other, { clients }] of this.seats) {
        if (other === member || !clients.has(client)) continue;
        if (other.writer.personId !== member.writer.personId) return false;
        // The same browser over a new line, while the old one has not been noticed to be dead.
        clients.delete(client);
      }
      if (!seat.clients.has(client) && seat.clients.size >= CLIENTS_A_MEMBER) return false;
      seat.clients.add(client);
      return true;
    };
    const shown = showPresence(update, member.writer, owns);
    awareness.applyAwarenessUpdate(this.presence, shown, member);
  }

  private async store(edits: TextEdit[]): Promise<void> {
    const { db, now } = this.given;
    const last = await appendEdits(db, this.lessonId, edits, now());
    if (last - edits.length === this.seen) this.seen = last;
    else await this.catchUp();
  }

  /** What was written since the last time, in one message: a screen draws it once. */
  private tellNews(): void {
    this.tellingNews = undefined;
    this.toldAt = performance.now();
    const updates = this.news.map(({ update }) => update);
    const [first, ...others] = new Set(this.news.map(({ origin }) => origin));
    this.news = [];
    const update = updates.length === 1 ? updates[0] : Y.mergeUpdates(updates);
    if (!update) return;
    // One's own words may come back among others': that changes nothing.
    const origin = others.length === 0 ? first : undefined;
    this.tell(protocol.syncMessage(protocol.SYNC.edit, update), origin);
  }

  /** Where all carets went since the last time, in one message. */
  private tellPresence(): void {
    this.telling = undefined;
    const news = awareness.encodeAwarenessUpdate(this.presence, [...this.moved]);
    this.moved.clear();
    this.tell(protocol.awarenessMessage(news), undefined);
  }

  private tell(message: Uint8Array, origin: unknown): void {
    for (const member of this.seats.keys()) if (member !== origin) member.send(message);
  }
}
