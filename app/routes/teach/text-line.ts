import * as awareness from 'y-protocols/awareness';
import * as Y from 'yjs';
import * as protocol from '~/domain/lesson-texts/text-protocol';

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 15_000;
/** A line on which nothing was heard for so long is dead, whatever the browser says. */
const SILENCE_MS = 3 * protocol.SIGN_OF_LIFE_MS;

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
  reason?: 'signed-out' | 'forbidden' | 'gone' | 'too-large';
}

/** Where a line leads; `ask` answers the status that the same address gives to a plain request. */
export interface Exchange {
  dial(): WebSocket;
  ask(): Promise<number>;
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
  private socket: WebSocket | undefined;
  private sent = 0;
  private acknowledged = 0;
  /** Something was written here since the last time that everything was durable. */
  private dirty = false;
  private failures = 0;
  private redial: ReturnType<typeof setTimeout> | undefined;
  private watch: ReturnType<typeof setInterval> | undefined;
  private heardAt = 0;
  private ended = false;

  constructor(
    readonly doc: Y.Doc,
    private readonly exchange: Exchange,
    private readonly changed: (state: LineState) => void,
  ) {
    this.presence = new awareness.Awareness(doc);
    this.presence.setLocalState({});
    doc.on('update', this.onUpdate);
    this.presence.on('update', this.onPresence);
  }

  /** Dials, now rather than after the wait. */
  dial(): void {
    clearTimeout(this.redial);
    if (this.ended || this.socket || this.state.line === 'refused') return;
    this.set({ line: 'dialling' });
    const socket = this.exchange.dial();
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    this.heardAt = Date.now();
    socket.onopen = () => this.greet();
    socket.onmessage = ({ data }) => this.receive(new Uint8Array(data as ArrayBuffer));
    socket.onclose = ({ code }) => this.drop(socket, code);
    this.watch = setInterval(() => {
      if (Date.now() - this.heardAt > SILENCE_MS) this.hangUp();
    }, protocol.SIGN_OF_LIFE_MS);
  }

  /** Lets go of a line that may be dead, without waiting for it to say so. */
  hangUp(): void {
    const { socket } = this;
    if (!socket) return;
    socket.onmessage = null;
    socket.onclose = null;
    socket.onerror = null;
    socket.close();
    this.drop(socket, 0);
  }

  /** Leaves the text for good. */
  end(): void {
    this.ended = true;
    clearTimeout(this.redial);
    this.doc.off('update', this.onUpdate);
    awareness.removeAwarenessStates(this.presence, [this.doc.clientID], 'end');
    this.hangUp();
    this.presence.off('update', this.onPresence);
    this.presence.destroy();
  }

  private greet(): void {
    this.sent = 0;
    this.acknowledged = 0;
    this.send(protocol.syncMessage(protocol.SYNC.state, Y.encodeStateVector(this.doc)));
    // A clock of its own, so that a server that has heard of us already takes the news.
    this.presence.setLocalState(this.presence.getLocalState());
  }

  private receive(bytes: Uint8Array): void {
    this.heardAt = Date.now();
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
        this.failures = 0;
        this.set({ line: 'open', loaded: true });
      }
      return;
    }
    this.sent += 1;
    const missing = Y.encodeStateAsUpdate(this.doc, content);
    this.send(protocol.syncMessage(protocol.SYNC.answer, missing));
  }

  private readonly onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin === this) return;
    this.dirty = true;
    // Before the server has asked what we have, its question will be answered with this as well.
    if (this.sent > 0 && this.socket) {
      this.sent += 1;
      this.send(protocol.syncMessage(protocol.SYNC.edit, update));
    }
    this.set({ unsaved: true });
  };

  private readonly onPresence = (changed: Record<string, number[]>, origin: unknown): void => {
    if (origin === this) return;
    const own = Object.values(changed).flat().includes(this.doc.clientID);
    if (!own) return;
    const news = awareness.encodeAwarenessUpdate(this.presence, [this.doc.clientID]);
    this.send(protocol.awarenessMessage(news));
  };

  private send(message: Uint8Array): void {
    const { socket } = this;
    if (socket?.readyState === socket?.OPEN) socket?.send(message);
  }

  private drop(socket: WebSocket, code: number): void {
    if (this.socket !== socket) return;
    this.socket = undefined;
    this.sent = 0;
    clearInterval(this.watch);
    const others = [...this.presence.getStates().keys()].filter((id) => id !== this.doc.clientID);
    awareness.removeAwarenessStates(this.presence, others, this);
    if (this.ended) return;
    const reason = REASONS[code];
    if (reason) return this.set({ line: 'refused', mayWrite: false, reason });
    this.set({ line: 'waiting' });
    this.failures += 1;
    const wait = Math.min(FIRST_WAIT_MS * 2 ** (this.failures - 1), LONGEST_WAIT_MS);
    // A server that comes back is not dialled by everybody in the same moment.
    const later = wait * (0.6 + 0.4 * Math.random());
    this.redial = setTimeout(() => void this.dialIfLetIn(), later);
  }

  /** A refused handshake says nothing to a page, so the address is asked by a plain request. */
  private async dialIfLetIn(): Promise<void> {
    const status = this.failures < 2 ? 0 : await this.exchange.ask().catch(() => 0);
    const reason = STATUSES[status];
    if (reason && !this.ended) this.set({ line: 'refused', mayWrite: false, reason });
    else this.dial();
  }

  private set(change: Partial<LineState>): void {
    const before = this.state;
    this.state = { ...before, ...change };
    const keys = Object.keys(change) as (keyof LineState)[];
    if (keys.some((key) => before[key] !== this.state[key])) this.changed(this.state);
  }
}

const REASONS: Record<number, LineState['reason']> = {
  [protocol.CLOSE.signedOut]: 'signed-out',
  [protocol.CLOSE.forbidden]: 'forbidden',
  [protocol.CLOSE.gone]: 'gone',
  [protocol.CLOSE.tooLarge]: 'too-large',
};
const STATUSES: Record<number, LineState['reason']> = {
  401: 'signed-out',
  403: 'forbidden',
  404: 'gone',
};
