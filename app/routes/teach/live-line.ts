import { CLOSE, SIGN_OF_LIFE_MS } from '~/domain/shared/live-line';

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 15_000;
/** A line on which nothing was heard for so long is dead, whatever the browser says. */
const SILENCE_MS = 3 * SIGN_OF_LIFE_MS;

/** Why the server lets us in no more. */
export type Refusal = 'signed-out' | 'forbidden' | 'gone' | 'too-large';

/** Where a line leads; `ask` answers the status that the same address gives to a plain request. */
export interface Exchange {
  dial(): WebSocket;
  ask(): Promise<number>;
}

/** The WebSocket at an address of this server. */
export function exchangeAt(path: string): Exchange {
  const { protocol, host } = window.location;
  return {
    dial: () => new WebSocket(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}${path}`),
    ask: async () => (await fetch(`${protocol}//${host}${path}`)).status,
  };
}

interface Listener {
  /** A connection is open; nothing was said on it yet. */
  opened(): void;
  received(data: unknown): void;
  /** The connection is gone; it is dialled again unless there is a `refusal`. */
  dropped(refusal: Refusal | undefined): void;
  dialling(): void;
}

/** A connection to the server that is dialled again when it breaks, unless the server lets us in no more. */
export class LiveLine {
  private socket: WebSocket | undefined;
  private failures = 0;
  private redial: ReturnType<typeof setTimeout> | undefined;
  private watch: ReturnType<typeof setInterval> | undefined;
  private heardAt = 0;
  private ended = false;

  constructor(
    private readonly exchange: Exchange,
    private readonly on: Listener,
  ) {}

  get connected(): boolean {
    return this.socket !== undefined;
  }

  /** Dials, now rather than after the wait. */
  dial(): void {
    clearTimeout(this.redial);
    if (this.ended || this.socket) return;
    this.on.dialling();
    const socket = this.exchange.dial();
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    this.heardAt = Date.now();
    socket.onopen = () => this.on.opened();
    socket.onmessage = ({ data }) => {
      this.heardAt = Date.now();
      this.on.received(data);
    };
    socket.onclose = ({ code }) => this.drop(socket, code);
    this.watch = setInterval(() => {
      if (Date.now() - this.heardAt > SILENCE_MS) this.hangUp();
    }, SIGN_OF_LIFE_MS);
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

  /** Hangs up for good. */
  end(): void {
    this.ended = true;
    clearTimeout(this.redial);
    this.hangUp();
  }

  /** Sends where there is a line; what is not sent is not kept. */
  send(message: string | Uint8Array): void {
    const { socket } = this;
    if (socket?.readyState === socket?.OPEN) socket?.send(message);
  }

  /** The line has proved good: the next break is dialled again soon. */
  works(): void {
    this.failures = 0;
  }

  private drop(socket: WebSocket, code: number): void {
    if (this.socket !== socket) return;
    this.socket = undefined;
    clearInterval(this.watch);
    if (this.ended) return this.on.dropped(undefined);
    const refusal = REASONS[code];
    if (refusal) return this.refuse(refusal);
    this.on.dropped(undefined);
    this.failures += 1;
    const wait = Math.min(FIRST_WAIT_MS * 2 ** (this.failures - 1), LONGEST_WAIT_MS);
    // A server that comes back is not dialled by everybody in the same moment.
    const later = wait * (0.6 + 0.4 * Math.random());
    this.redial = setTimeout(() => void this.dialIfLetIn(), later);
  }

  /** A refused handshake says nothing to a page, so the address is asked by a plain request. */
  private async dialIfLetIn(): Promise<void> {
    const status = this.failures < 2 ? 0 : await this.exchange.ask().catch(() => 0);
    const refusal = STATUSES[status];
    if (this.ended) return;
    if (refusal) this.refuse(refusal);
    else this.dial();
  }

  private refuse(refusal: Refusal): void {
    this.ended = true;
    this.on.dropped(refusal);
  }
}

const REASONS: Record<number, Refusal> = {
  [CLOSE.signedOut]: 'signed-out',
  [CLOSE.forbidden]: 'forbidden',
  [CLOSE.gone]: 'gone',
  [CLOSE.tooLarge]: 'too-large',
};
const STATUSES: Record<number, Refusal> = {
  401: 'signed-out',
  403: 'forbidden',
  404: 'gone',
};
