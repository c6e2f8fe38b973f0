import * as awareness from 'y-protocols/awareness';
import * as Y from 'yjs';
import * as protocol from '~/domain/lesson-texts/text-protocol';
import { LiveLine, type Exchange, type Refusal } from './live-line';

/** How a text stands between this browser and the server. */
export interface LineState {
  /** `refused`: the server lets us in no more, for `reason`; nothing is tried again. */
  line: 'dialling' | 'open' | 'waiting' | 'refused';
  /** Whether the server's text has arrived once. */
  loaded: boolean;
  mayWrite: boolean;
  /** Whether something is here that the server has not made durable. */
  unsaved: boolean;
  /** Grows whenever something was said about the lesson; 0 until the server has told. */
  comments: number;
  reason?: Refusal;
}

/** The connection of a text: sends what is written here, merges what comes, and dials again when it breaks. */
export class TextLine {
  readonly presence: awareness.Awareness;
  state: LineState = {
    line: 'dialling',
    loaded: false,
    mayWrite: false,
    unsaved: false,
    comments: 0,
  };
  private readonly line: LiveLine;
  private sent = 0;
  private acknowledged = 0;
  /** Something was written here since the last time that everything was durable. */
  private dirty = false;
  private ended = false;

  constructor(
    readonly doc: Y.Doc,
    exchange: Exchange,
    private readonly changed: (state: LineState) => void,
  ) {
    this.presence = new awareness.Awareness(doc);
    this.presence.setLocalState({});
    this.line = new LiveLine(exchange, {
      dialling: () => this.set({ line: 'dialling' }),
      opened: () => this.greet(),
      received: (data) => this.receive(new Uint8Array(data as ArrayBuffer)),
      dropped: (refusal) => this.drop(refusal),
    });
    doc.on('update', this.onUpdate);
    this.presence.on('update', this.onPresence);
  }

  /** Dials, now rather than after the wait. */
  dial(): void {
    this.line.dial();
  }

  /** Lets go of a line that may be dead, without waiting for it to say so. */
  hangUp(): void {
    this.line.hangUp();
  }

  /** Leaves the text for good. */
  end(): void {
    this.ended = true;
    this.doc.off('update', this.onUpdate);
    awareness.removeAwarenessStates(this.presence, [this.doc.clientID], 'end');
    this.line.end();
    this.presence.off('update', this.onPresence);
    this.presence.destroy();
  }

  private greet(): void {
    this.sent = 0;
    this.acknowledged = 0;
    this.line.send(protocol.syncMessage(protocol.SYNC.state, Y.encodeStateVector(this.doc)));
    // A clock of its own, so that a server that has heard of us already takes the news.
    this.presence.setLocalState(this.presence.getLocalState());
  }

  private receive(bytes: Uint8Array): void {
    const message = protocol.readMessage(bytes);
    if (message.kind === 'sync') return this.sync(message.part, message.content);
    if (message.kind === 'awareness') {
      return awareness.applyAwarenessUpdate(this.presence, message.content, this);
    }
    if (message.kind === 'access') return this.set({ mayWrite: message.value === 1 });
    if (message.kind === 'comments') return this.set({ comments: message.value });
    this.acknowledged = message.value;
    if (this.sent > 0 && this.acknowledged >= this.sent) this.dirty = false;
    this.set({ unsaved: this.dirty });
  }

  private sync(part: number, content: Uint8Array): void {
    if (part !== protocol.SYNC.state) {
      Y.applyUpdate(this.doc, content, this);
      if (part === protocol.SYNC.answer) {
        this.line.works();
        this.set({ line: 'open', loaded: true });
      }
      return;
    }
    this.sent += 1;
    const missing = Y.encodeStateAsUpdate(this.doc, content);
    this.line.send(protocol.syncMessage(protocol.SYNC.answer, missing));
  }

  private readonly onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin === this) return;
    this.dirty = true;
    // Before the server has asked what we have, its question will be answered with this as well.
    if (this.sent > 0 && this.line.connected) {
      this.sent += 1;
      this.line.send(protocol.syncMessage(protocol.SYNC.edit, update));
    }
    this.set({ unsaved: true });
  };

  private readonly onPresence = (changed: Record<string, number[]>, origin: unknown): void => {
    if (origin === this) return;
    const own = Object.values(changed).flat().includes(this.doc.clientID);
    if (!own) return;
    const news = awareness.encodeAwarenessUpdate(this.presence, [this.doc.clientID]);
    this.line.send(protocol.awarenessMessage(news));
  };

  private drop(refusal: Refusal | undefined): void {
    this.sent = 0;
    const others = [...this.presence.getStates().keys()].filter((id) => id !== this.doc.clientID);
    awareness.removeAwarenessStates(this.presence, others, this);
    if (this.ended) return;
    if (refusal) this.set({ line: 'refused', mayWrite: false, reason: refusal });
    else this.set({ line: 'waiting' });
  }

  private set(change: Partial<LineState>): void {
    const before = this.state;
    this.state = { ...before, ...change };
    const keys = Object.keys(change) as (keyof LineState)[];
    if (keys.some((key) => before[key] !== this.state[key])) this.changed(this.state);
  }
}
