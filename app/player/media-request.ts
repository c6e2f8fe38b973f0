import videojs from 'video.js';
import { freshLink, linked } from './fresh-links';
import { partAddress, findFetched } from './fetched-ahead';

/** What video.js asks for. */
export interface Wanted {
  uri: string;
  headers?: Record<string, string>;
  responseType?: '' | 'arraybuffer';
  timeout?: number;
}
interface Answer {
  statusCode: number;
  headers?: Record<string, string>;
}
export type Done = (error: unknown, answer: Answer) => void;

/** Where video.js sets no limit (0), as with the smallest picture. */
const LONGEST_MS = 45_000;

const send = videojs.xhr as unknown as (wanted: Wanted, done: Done) => XMLHttpRequest;

/**
 * One request of the player, in what video.js reads of an XMLHttpRequest. It is answered by what the page fetched
 * ahead, also while that is still on its way; else by the line. A link that has run out is replaced by a fresh one.
 */
export class MediaRequest extends EventTarget {
  readonly responseType: '' | 'arraybuffer';
  status = 0;
  response: ArrayBuffer | null = null;
  responseText = '';
  /** Set by video.js, as the next. */
  aborted = false;
  requestTime = 0;
  readonly #wanted: Wanted;
  readonly #done: Done;
  #line: XMLHttpRequest | undefined;
  #renewed = false;

  constructor(wanted: Wanted, done: Done) {
    super();
    this.#wanted = wanted;
    this.#done = done;
    this.responseType = wanted.responseType ?? '';
    const ahead = findFetched(wanted.uri, wanted.headers?.Range);
    if (ahead) this.#await(ahead);
    else this.#ask(linked(wanted.uri));
  }

  abort(): void {
    this.aborted = true;
    this.#line?.abort();
    this.dispatchEvent(new Event('loadend'));
  }

  /** Whoever aborts it may ask for it again. The line that brings it may die: no other is waited for longer. */
  #await({ part, use }: NonNullable<ReturnType<typeof findFetched>>): void {
    let late = false;
    const limit = setTimeout(() => {
      late = true;
      use();
      this.#ask(linked(this.#wanted.uri));
    }, this.#wanted.timeout || LONGEST_MS);
    void part.then((found) => {
      clearTimeout(limit);
      if (this.aborted || late) return;
      use();
      if (!found) return this.#ask(linked(this.#wanted.uri));
      // Else the line would seem endlessly fast.
      this.requestTime = Date.now() - found.tookMs;
      this.#finish(null, { statusCode: 200 }, found.bytes);
    });
  }

  #ask(link: string): void {
    if (this.aborted) return;
    const uri = partAddress(link, this.#wanted.headers?.Range);
    const line = send({ ...this.#wanted, uri }, (error, answer) => {
      if (this.aborted) return;
      if (answer.statusCode === 403 && !this.#renewed)
        return void this.#renew(link, () => this.#finish(error, answer, null));
      this.#finish(error, answer, line.response as ArrayBuffer | string | null);
    });
    line.addEventListener('progress', ({ loaded, total, lengthComputable }) =>
      this.dispatchEvent(new ProgressEvent('progress', { loaded, total, lengthComputable })),
    );
    this.#line = line;
  }

  async #renew(refused: string, giveUp: () => void): Promise<void> {
    this.#renewed = true;
    const link = await freshLink(refused);
    if (this.aborted) return;
    if (link === undefined) giveUp();
    else this.#ask(link);
  }

  #finish(error: unknown, answer: Answer, body: ArrayBuffer | string | null): void {
    this.status = answer.statusCode;
    if (typeof body === 'string') this.responseText = body;
    else if (this.responseType === 'arraybuffer') this.response = body;
    else this.responseText = body ? new TextDecoder().decode(body) : '';
    this.#done(error, answer);
    this.dispatchEvent(new Event('loadend'));
  }
}
