import { insertRange, type Range } from '~/domain/class-hours/ranges';
import type { Beat, QueuedBeat } from './beat';
import { beatLength } from './beat';
import { BeatRecorder, type Sample } from './beat-recorder';
import { BeatSender } from './beat-sender';
import type { BeatQueue } from './beat-queue';
import { Presence, type ShownPresence } from './presence';
import { holdSession } from './session-locks';
import type { Device, Media } from './study-device';
import { firstRefused } from './first-refused';
import { statusOf, type StartFailure, type StudyFacts, type StudyStatus } from './study-status';
import { beatsPath, type BeatsAnswer, type OpenedSession, type WatchApi } from './watch-api';

const SAMPLE_EVERY_MS = 250;
const SAVE_OPEN_EVERY_MS = 750;
/** The two clocks of a device disagree by this much after sleep: the session's zero is no longer true. */
const CLOCKS_APART_MS = 2_000;

/** What the page shows; every figure came from the server. */
export interface StudyView {
  status: StudyStatus;
  atMs: number;
  queuedMs: number;
  /** Null until the server said it. */
  creditedTodayMs: number | null;
  creditedMs: number;
  coveredMs: number;
  spentMs: number;
  complete: boolean;
  coverage: readonly Range[];
  /** A presence check that waits for an answer; the player is paused under it. */
  presence: ShownPresence | null;
}

/** What the page knows before anything is played. */
export type InitialView = Omit<StudyView, 'status' | 'queuedMs' | 'presence'>;

interface OpenSession {
  opened: OpenedSession;
  recorder: BeatRecorder;
  /** The client's zero: the arrival of the answer that opened the session, by both clocks. */
  zeroMonotonic: number;
  zeroWall: number;
  /** When the server last answered, by the monotonic clock. */
  contactAt: number;
  release: () => void;
}

/** One lesson being studied in one page: opens sessions, records, queues, sends, and says how it stands. */
export class Study {
  readonly #learnerId: string;
  readonly #target: { enrollmentId: string; lessonId: string };
  readonly #queue: BeatQueue;
  readonly #api: WatchApi;
  readonly #device: Device;
  readonly #show: (view: StudyView) => void;
  readonly #sender: BeatSender;
  readonly #presence: Presence;
  #media: Media | null = null;
  #session: OpenSession | null = null;
  #facts: StudyFacts;
  #view: Omit<StudyView, 'status' | 'queuedMs'>;
  #stopTimer: () => void = () => undefined;
  #savedOpenAt = 0;
  #unsent: QueuedBeat[] = [];
  /** Resolves when the newest beat is in the queue, as far as that can be had. */
  #kept: Promise<void> = Promise.resolve();

  constructor(options: {
    learnerId: string;
    enrollmentId: string;
    lessonId: string;
    queue: BeatQueue;
    durable: boolean;
    api: WatchApi;
    device: Device;
    /** Whether the class counts what is played out of sight. */
    countsHidden: boolean;
    initial: InitialView;
    /** What earlier visits left in the queue. */
    leftovers: readonly QueuedBeat[];
    show: (view: StudyView) => void;
  }) {
    const { learnerId, queue, api, device } = options;
    this.#learnerId = learnerId;
    this.#target = { enrollmentId: options.enrollmentId, lessonId: options.lessonId };
    this.#queue = queue;
    this.#api = api;
    this.#device = device;
    this.#show = options.show;
    this.#view = { ...options.initial, presence: null };
    this.#unsent = [...options.leftovers];
    this.#facts = {
      phase: 'idle',
      playing: false,
      loading: false,
      visible: true,
      countsHidden: options.countsHidden,
      startFailure: null,
      mediaFailed: false,
      sessionState: 'open',
      sender: 'sent',
      queuedMs: 0,
      durable: options.durable,
      asked: false,
      outOfTouch: false,
    };
    this.#presence = new Presence({
      answer: (sessionId, checkId, option) => api.answer(sessionId, checkId, option),
      after: (ms, work) => device.after(ms, work),
      onChange: (presence) => {
        this.#view = { ...this.#view, presence };
        this.#set({ asked: presence !== null });
      },
      onPassed: () => void this.#media?.play().catch(() => undefined),
    });
    this.#sender = new BeatSender(learnerId, queue, api, {
      onAnswer: (sessionId, answer, beats) => this.#answered(sessionId, answer, beats),
      onState: (sender) => {
        // Trying again is no news: the line stays as it is until the try has an outcome.
        if (sender === 'sending' && this.#facts.sender !== 'sent') return;
        if (sender === 'sent' && this.#facts.sender === 'set-aside') return;
        this.#set({ sender });
      },
    });
  }

  /** Opens a session on the server; undefined when that failed, and the status says why. */
  async open(): Promise<OpenedSession | undefined> {
    this.#close();
    this.#set({ phase: 'starting', startFailure: null, sessionState: 'open' });
    const outcome = await this.#api.open(this.#target.enrollmentId, this.#target.lessonId);
    const zeroMonotonic = this.#device.monotonicMs();
    const zeroWall = this.#device.wallMs();
    if (!outcome.ok) {
      const { kind } = outcome.failure;
      const known = kind === 'too-large' || kind === 'refused' ? 'unavailable' : kind;
      this.#set({ phase: 'idle', startFailure: known satisfies StartFailure });
      return undefined;
    }
    const opened = outcome.value;
    const { beatEveryMs } = opened.rules;
    const recorder = new BeatRecorder({ beatEveryMs, durationMs: opened.durationMs });
    const release = holdSession(opened.id);
    const contactAt = zeroMonotonic;
    this.#session = { opened, recorder, zeroMonotonic, zeroWall, contactAt, release };
    this.#view = { ...this.#view, coverage: opened.coverage, creditedMs: opened.creditedMs };
    this.#set({ phase: 'started', outOfTouch: false });
    this.#presence.bring(opened.id, opened.presenceCheck);
    return opened;
  }

  /** Records this element from now on. */
  attach(media: Media): void {
    this.#media = media;
    this.#stopTimer = this.#device.every(SAMPLE_EVERY_MS, () => this.sample());
  }

  /** To be called at each event of the element and the page, beside the timer. */
  sample(): void {
    const { session, media } = { session: this.#session, media: this.#media };
    if (!media) return;
    const now = this.#sampleOf(media);
    if (this.#presence.asked && !media.paused) media.pause();
    const wanted = !media.paused && !media.ended;
    this.#view = { ...this.#view, atMs: Math.round(media.currentTime * 1000) };
    this.#set({ playing: now.playing, loading: wanted && !now.playing, visible: now.visible });
    if (!session) {
      if (wanted && !this.watchesUncounted()) void this.#resume(media);
      return;
    }
    const silentMs = this.#device.monotonicMs() - session.contactAt;
    const outOfTouch = silentMs > session.opened.rules.offlineAllowanceMs;
    if (outOfTouch !== this.#facts.outOfTouch) this.#set({ outOfTouch });
    // Nothing would count until the next contact; after a long pause a new session is one.
    const longPaused = outOfTouch && wanted && this.#unsent.length === 0;
    if (this.#clocksDisagree(session) || longPaused) {
      this.#close();
      if (wanted) void this.#resume(media);
      return;
    }
    this.#keep(session, session.recorder.sample(now));
    this.#saveOpen(session);
  }

  /** Answers the presence check that is asked. */
  answerPresence(option: string): void {
    void this.#presence.answer(option);
  }

  /** Takes the learner's study back to this page. */
  async studyHere(): Promise<void> {
    if (this.#media) await this.#resume(this.#media);
  }

  /** The page goes away, perhaps for ever: what is open is closed, queued, and sent by beacon besides. */
  leave(): void {
    const { session, media } = { session: this.#session, media: this.#media };
    if (!session || !media) return;
    this.#keep(session, session.recorder.sample({ ...this.#sampleOf(media), playing: false }));
    this.beacon();
    this.#close();
  }

  /** Sends what is not answered yet in a way that outlives the page; harmless if it arrives twice. */
  beacon(): void {
    const sessionId = this.#session?.opened.id;
    const beats = this.#unsent.filter((q) => q.sessionId === sessionId).map((q) => q.beat);
    if (!sessionId || beats.length === 0) return;
    this.#device.beacon(beatsPath(sessionId), JSON.stringify({ beats: beats.slice(0, 200) }));
  }

  mediaFailed(failed: boolean): void {
    this.#set({ mediaFailed: failed });
  }

  /** Tries again to send, such as when the line is back. */
  sendNow(): void {
    void this.#sender.send();
  }

  dispose(): void {
    this.leave();
    this.#stopTimer();
    this.#sender.stop();
    this.#media = null;
  }

  async #resume(media: Media): Promise<void> {
    if (this.#facts.phase === 'starting') return;
    media.pause();
    if (!(await this.open()) && !this.watchesUncounted()) return;
    if (this.#presence.asked) return;
    await media.play().catch(() => undefined);
  }

  /** The class is not running: the lesson can be watched all the same, and nothing is counted. */
  watchesUncounted(): boolean {
    return this.#facts.startFailure === 'not-open';
  }

  #close(): void {
    const session = this.#session;
    if (!session) return;
    // Held until it is in the queue: whoever gets the session then finds nothing that was still open.
    this.#keep(session, session.recorder.cut());
    void this.#kept.then(session.release);
    this.#session = null;
  }

  #keep(session: OpenSession, beat: Beat | null): void {
    if (!beat) return;
    const queued = { sessionId: session.opened.id, beat };
    this.#unsent.push(queued);
    this.#kept = this.#queue
      .add(this.#learnerId, queued)
      .catch(() => this.#set({ durable: false }));
    void this.#kept.then(() => this.#sender.send());
    this.#set({});
  }

  #saveOpen(session: OpenSession): void {
    const beat = session.recorder.openStretch();
    const savedAt = this.#device.wallMs();
    if (!beat || Math.abs(savedAt - this.#savedOpenAt) < SAVE_OPEN_EVERY_MS) return;
    this.#savedOpenAt = savedAt;
    const stretch = { sessionId: session.opened.id, beat, savedAt };
    this.#queue.saveOpen(this.#learnerId, stretch).catch(() => this.#set({ durable: false }));
  }

  #answered(sessionId: string, answer: BeatsAnswer, beats: readonly QueuedBeat[]): void {
    const answeredSeqs = new Set(beats.map((q) => q.beat.seq));
    this.#unsent = this.#unsent.filter(
      (q) => q.sessionId !== sessionId || !answeredSeqs.has(q.beat.seq),
    );
    const session = this.#session;
    if (session?.opened.id !== sessionId) return this.#set({});
    session.contactAt = this.#device.monotonicMs();
    const { creditedMs, coveredMs, spentMs, creditedTodayMs, complete, state } = answer;
    const refused = new Set(answer.refusals.map((refusal) => refusal.seq));
    const coverage = this.#view.coverage.map(([from, to]): Range => [from, to]);
    for (const { beat } of beats)
      if (!refused.has(beat.seq)) insertRange(coverage, beat.mediaFromMs, beat.mediaToMs);
    const figures = { creditedMs, coveredMs, spentMs, creditedTodayMs, complete };
    this.#view = { ...this.#view, ...figures, coverage };
    if (state === 'taken-over') {
      this.#close();
      this.#media?.pause();
      const stoppedAt = firstRefused(beats, answer);
      if (this.#media && stoppedAt !== undefined) this.#media.currentTime = stoppedAt / 1000;
    }
    this.#set({ sessionState: state, outOfTouch: false });
    if (state === 'taken-over' || state === 'closed') this.#presence.dismiss();
    else this.#presence.bring(sessionId, answer.presenceCheck);
    if (this.#presence.asked) this.sample();
  }

  #sampleOf(media: Media): Sample {
    return {
      wallMs: this.#device.monotonicMs() - (this.#session?.zeroMonotonic ?? 0),
      mediaMs: media.currentTime * 1000,
      rate: media.playbackRate,
      playing: !media.paused && !media.seeking && !media.ended && media.readyState >= 3,
      visible: this.#device.visible(),
    };
  }

  #clocksDisagree(session: OpenSession): boolean {
    const monotonic = this.#device.monotonicMs() - session.zeroMonotonic;
    const wall = this.#device.wallMs() - session.zeroWall;
    return Math.abs(monotonic - wall) >= CLOCKS_APART_MS;
  }

  #set(change: Partial<StudyFacts>): void {
    const queuedMs = this.#unsent.reduce((sum, { beat }) => sum + beatLength(beat), 0);
    this.#facts = { ...this.#facts, ...change, queuedMs };
    this.#show({ ...this.#view, status: statusOf(this.#facts), queuedMs });
  }
}
