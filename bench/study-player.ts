/** How a bench learner reaches the platform, and how its time is moved. */
export interface StudyApi {
  call(
    learner: BenchLearner,
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: unknown }>;
  /** Moves server time on by so many ms; returns the new time, epoch ms. */
  advance(byMs: number): Promise<number>;
}

export interface BenchLearner {
  personId: string;
  cookie: string;
  enrollmentId: string;
  lessonIds: string[];
}

/** What anybody could see of a story from outside, in order of time; other systems are judged by it. Epoch ms. */
export type Seen =
  | { kind: 'page'; at: number; lesson: number }
  | {
      kind: 'played';
      at: number;
      lesson: number;
      mediaFromMs: number;
      mediaToMs: number;
      online: boolean;
    }
  | { kind: 'left'; at: number; lesson: number; how: 'click' | 'closed' | 'killed' }
  | { kind: 'claimed'; at: number; lesson: number; mediaToMs: number };

interface Beat {
  seq: number;
  wallFromMs: number;
  wallToMs: number;
  mediaFromMs: number;
  mediaToMs: number;
  visible: boolean;
}
interface Check {
  id: string;
  options: { id: string }[];
}
interface Judged {
  passed: boolean;
  presenceCheck?: Check;
  retryAfterMs?: number;
}

const BEAT_EVERY_MS = 12_000;
const BEATS_A_POST = 200;
const THINKS_MS = 8_000;
/** One in three is right: that many wrong ones in a row do not happen. */
const MOST_ANSWERS = 60;

/** A client of its own, written from docs/api.md: one page with a player on one lesson. */
export class StudyPlayer {
  /** When the first check was seen, epoch ms. */
  askedAt: number | undefined;
  openedAt = 0;
  #sessionId = '';
  #seq = 0;
  #queue: Beat[] = [];

  constructor(
    private readonly api: StudyApi,
    private readonly learner: BenchLearner,
    private readonly seen: Seen[],
    private readonly how: { lesson?: number; answers?: boolean } = {},
  ) {}

  get #lesson(): number {
    return this.how.lesson ?? 0;
  }

  /** Loads the page and plays: a new session, with its own zero. What the old one kept is to be sent before. */
  async open(): Promise<void> {
    const { enrollmentId, lessonIds } = this.learner;
    const wanted = { enrollmentId, lessonId: lessonIds[this.#lesson] };
    const answer = await this.#post('/api/watch-sessions', wanted, 201);
    const { id, presenceCheck } = answer as { id: string; presenceCheck: Check | null };
    this.#sessionId = id;
    this.#seq = 0;
    this.openedAt = await this.api.advance(0);
    this.seen.push({ kind: 'page', at: this.openedAt, lesson: this.#lesson });
    await this.#meet(presenceCheck);
  }

  /** Plays the media from here to there, ms, a beat every 12 s; offline ones stay in the queue. */
  async play(
    fromMs: number,
    toMs: number,
    { speed = 1, online = true }: { speed?: number; online?: boolean } = {},
  ): Promise<void> {
    for (let at = fromMs; at < toMs;) {
      const next = Math.min(toMs, at + BEAT_EVERY_MS * speed);
      const wallMs = Math.round((next - at) / speed);
      await this.api.advance(wallMs);
      await this.report(wallMs, at, next, online);
      at = next;
    }
  }

  /** Plays so many ms at 1x that are not sent yet when what follows happens. */
  async keep(ms: number, mediaFromMs: number): Promise<void> {
    await this.api.advance(ms);
    await this.report(ms, mediaFromMs, mediaFromMs + ms, true, false);
  }

  /** Reports what was played in the `wallMs` that end now. */
  async report(
    wallMs: number,
    mediaFromMs: number,
    mediaToMs: number,
    online = true,
    sends = online,
  ): Promise<void> {
    const at = await this.api.advance(0);
    const wallToMs = at - this.openedAt;
    const wallFromMs = wallToMs - wallMs;
    this.#seq += 1;
    const seq = this.#seq;
    this.#queue.push({ seq, wallFromMs, wallToMs, mediaFromMs, mediaToMs, visible: true });
    const lesson = this.#lesson;
    this.seen.push({ kind: 'played', at, lesson, mediaFromMs, mediaToMs, online });
    if (sends) await this.send();
  }

  /** Sends what is kept, also after the page was opened anew. */
  async send(): Promise<void> {
    let check: Check | null = null;
    while (this.#queue.length > 0) {
      const beats = this.#queue.slice(0, BEATS_A_POST);
      const path = `/api/watch-sessions/${this.#sessionId}/beats`;
      const answer = (await this.#post(path, { beats }, 200)) as { presenceCheck: Check | null };
      this.#queue.splice(0, beats.length);
      check = answer.presenceCheck;
    }
    await this.#meet(check);
  }

  /** Claims, in one call, to have played all of that from the zero on. */
  async claim(toMs: number): Promise<void> {
    const beat = { seq: 1, wallFromMs: 0, wallToMs: toMs, mediaFromMs: 0, mediaToMs: toMs };
    const beats = [{ ...beat, visible: true }];
    await this.#post(`/api/watch-sessions/${this.#sessionId}/beats`, { beats }, 200);
    const at = await this.api.advance(0);
    this.seen.push({ kind: 'claimed', at, lesson: this.#lesson, mediaToMs: toMs });
  }

  async leave(how: 'click' | 'closed' | 'killed'): Promise<void> {
    if (how !== 'killed') await this.send();
    this.seen.push({ kind: 'left', at: await this.api.advance(0), lesson: this.#lesson, how });
  }

  /** The player pauses under a check; whoever answers thinks, then tries, until one is right. */
  async #meet(asked: Check | null): Promise<void> {
    if (!asked) return;
    this.askedAt ??= await this.api.advance(0);
    if (this.how.answers === false) return;
    await this.api.advance(THINKS_MS);
    let check = asked;
    for (let tries = 0; tries < MOST_ANSWERS; tries += 1) {
      const path = `/api/watch-sessions/${this.#sessionId}/presence-checks/${check.id}`;
      const judged = (await this.#post(path, { answer: check.options[0]?.id }, 200)) as Judged;
      if (judged.passed) return;
      if (!judged.presenceCheck) throw new Error('a wrong answer brought no other question');
      check = judged.presenceCheck;
      await this.api.advance(judged.retryAfterMs ?? 0);
    }
    throw new Error(`${MOST_ANSWERS} answers were wrong`);
  }

  async #post(path: string, body: unknown, expected: number): Promise<unknown> {
    const answer = await this.api.call(this.learner, 'POST', path, body);
    if (answer.status === expected) return answer.body;
    throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  }
}

/** The learner's credit, ms, as the explanation tells it, over all their lessons. */
export async function readCredit(api: StudyApi, learner: BenchLearner): Promise<number> {
  let creditedMs = 0;
  for (const lessonId of learner.lessonIds) {
    const path = `/api/enrollments/${learner.enrollmentId}/lessons/${lessonId}/class-hours`;
    const answer = await api.call(learner, 'GET', path);
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
    creditedMs += (answer.body as { creditedMs: number }).creditedMs;
  }
  return creditedMs;
}
