import { beforeEach, describe, expect, test } from 'vitest';
import type { Beat } from './beat';
import { MemoryBeatQueue } from './beat-queue';
import { Study, type StudyView } from './study';
import type { Device, Media } from './study-device';
import type {
  BeatsAnswer,
  Failure,
  OpenedSession,
  Outcome,
  PresenceCheck,
  PresenceJudged,
  SessionState,
} from './watch-api';

const LEARNER = 'worker';

/** A room with one player, one clock and one line to a server, moved on by hand. */
class Room {
  now = 0;
  wall = 1_000_000;
  seen = true;
  media = {
    currentTime: 0,
    playbackRate: 1,
    paused: true,
    seeking: false,
    ended: false,
    readyState: 4,
  };
  queue = new MemoryBeatQueue();
  views: StudyView[] = [];
  opened: string[] = [];
  received: [session: string, beat: Beat][] = [];
  beacons: string[] = [];
  openFailures: Failure[] = [];
  state: SessionState = 'open';
  refusals: BeatsAnswer['refusals'] = [];
  line = true;
  presenceCheck: PresenceCheck | null = null;
  answers: string[] = [];
  study: Study;
  #tick: () => void = () => undefined;
  #timers: { at: number; work: () => void }[] = [];

  constructor() {
    const device: Device = {
      monotonicMs: () => this.now,
      wallMs: () => this.wall + this.now,
      visible: () => this.seen,
      every: (_ms, work) => {
        this.#tick = work;
        return () => undefined;
      },
      after: (ms, work) => void this.#timers.push({ at: this.now + ms, work }),
      beacon: (path, body) => void this.beacons.push(`${path} ${body}`),
    };
    this.study = new Study({
      learnerId: LEARNER,
      enrollmentId: 'class',
      lessonId: 'crankshaft',
      queue: this.queue,
      durable: true,
      leftovers: [],
      device,
      api: {
        open: () => this.#open(),
        send: (id, beats) => this.#receive(id, beats),
        answer: (_id, checkId, option) => this.#answer(checkId, option),
      },
      countsHidden: false,
      initial: {
        atMs: 0,
        creditedTodayMs: 0,
        creditedMs: 0,
        coveredMs: 0,
        spentMs: 0,
        complete: false,
        coverage: [],
      },
      show: (view) => void this.views.push(view),
    });
  }

  get status() {
    return this.views.at(-1)?.status;
  }

  async start(): Promise<void> {
    await this.study.open();
    this.study.attach(this.#element());
    this.media.paused = false;
    this.study.sample();
  }

  /** Time passes in quarters of a second; the media moves while it plays. */
  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 250) {
      this.now += 250;
      if (!this.media.paused) this.media.currentTime += 0.25 * this.media.playbackRate;
      this.#tick();
      const due = this.#timers.filter(({ at }) => at <= this.now);
      this.#timers = this.#timers.filter(({ at }) => at > this.now);
      for (const { work } of due) work();
      await settle();
    }
  }

  #element(): Media {
    return Object.assign(this.media, {
      play: async () => {
        this.media.paused = false;
      },
      pause: () => {
        this.media.paused = true;
      },
    });
  }

  async #open(): Promise<Outcome<OpenedSession>> {
    const failure = this.openFailures.shift();
    if (failure) return { ok: false, failure };
    const id = `session-${this.opened.length + 1}`;
    this.opened.push(id);
    const rules = {
      maxSpeed: 1,
      beatEveryMs: 12_000,
      dailyCapMs: null,
      offlineAllowanceMs: 1_800_000,
    };
    const lesson = { durationMs: 600_000, coverage: [], resumeAtMs: 0, creditedMs: 0 };
    const presenceCheck = this.presenceCheck;
    return { ok: true, value: { id, startedAt: '', rules, ...lesson, presenceCheck } };
  }

  async #answer(checkId: string, option: string): Promise<Outcome<PresenceJudged>> {
    if (!this.line) return { ok: false, failure: { kind: 'offline' } };
    this.answers.push(`${checkId} ${option}`);
    if (option === 'right') {
      this.presenceCheck = null;
      return { ok: true, value: { passed: true } };
    }
    const presenceCheck = question('second');
    return { ok: true, value: { passed: false, presenceCheck, retryAfterMs: 20_000 } };
  }

  async #receive(id: string, beats: readonly Beat[]): Promise<Outcome<BeatsAnswer>> {
    if (!this.line) return { ok: false, failure: { kind: 'offline' } };
    for (const beat of beats) this.received.push([id, beat]);
    const creditedMs = this.received.reduce((sum, [, b]) => sum + b.wallToMs - b.wallFromMs, 0);
    const figures = { creditedMs, coveredMs: creditedMs, spentMs: creditedMs };
    const rest = {
      ackSeq: 0,
      creditedTodayMs: creditedMs,
      complete: false,
      refusals: this.refusals,
    };
    const { state, presenceCheck } = this;
    return { ok: true, value: { ...figures, ...rest, state, presenceCheck } };
  }
}

const question = (id: string): PresenceCheck => ({
  id,
  question: '点一下水果',
  options: [
    { id: 'right', text: '梨' },
    { id: 'wrong', text: '螺母' },
  ],
  answerWithinMs: 60_000,
});

/** Lets everything that was promised happen; nothing here waits for real time. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

let room: Room;
beforeEach(() => {
  room = new Room();
});

describe('a learner who plays', () => {
  test('is reported every 12 s, and what the server credited is shown', async () => {
    await room.start();
    await room.pass(25_000);
    expect(room.received.map(([, b]) => [b.seq, b.wallFromMs, b.wallToMs])).toEqual([
      [1, 0, 12_000],
      [2, 12_000, 24_000],
    ]);
    expect(room.views.at(-1)).toMatchObject({
      status: 'counting',
      creditedMs: 24_000,
      coverage: [[0, 24_000]],
    });
  });

  test('and pauses is told so, with everything sent', async () => {
    await room.start();
    await room.pass(3_000);
    room.media.paused = true;
    room.study.sample();
    await settle();
    expect(room.status).toBe('paused');
    expect(room.received).toHaveLength(1);
    expect(await room.queue.list(LEARNER)).toEqual([]);
  });

  test('without a line keeps every beat and is told how much waits', async () => {
    room.line = false;
    await room.start();
    await room.pass(25_000);
    expect(room.views.at(-1)).toMatchObject({ status: 'waiting', queuedMs: 24_000 });
    expect(await room.queue.list(LEARNER)).toHaveLength(2);
    room.line = true;
    room.study.sendNow();
    await settle();
    expect(room.views.at(-1)).toMatchObject({ status: 'counting', queuedMs: 0 });
  });

  test('loses at most a second when the browser is killed: the open stretch is kept', async () => {
    await room.start();
    await room.pass(5_000);
    const [open] = await room.queue.listOpen(LEARNER);
    expect(open?.beat.wallToMs).toBeGreaterThanOrEqual(4_000);
    expect(open?.beat.seq).toBe(1);
  });

  test('and leaves the page has the rest queued and sent by beacon', async () => {
    room.line = false;
    await room.start();
    await room.pass(5_000);
    room.study.leave();
    await settle();
    expect(room.beacons).toHaveLength(1);
    expect(room.beacons[0]).toContain('/api/watch-sessions/session-1/beats');
    expect((await room.queue.list(LEARNER)).map((q) => q.beat.wallToMs)).toEqual([5_000]);
    expect(await room.queue.listOpen(LEARNER)).toEqual([]);
  });
});

describe('a learner who is asked whether they are there', () => {
  test('has the player paused until the right tap, and goes on where it was', async () => {
    await room.start();
    room.presenceCheck = question('first');
    await room.pass(13_000);
    expect([room.status, room.media.paused]).toEqual(['asked', true]);
    const stoppedAt = room.media.currentTime;
    room.media.paused = false;
    await room.pass(1_000);
    expect(room.media.paused).toBe(true);
    room.study.answerPresence('wrong');
    await room.pass(1_000);
    expect(room.views.at(-1)?.presence?.state).toBe('wrong');
    room.study.answerPresence('right');
    await room.pass(19_500);
    expect(room.views.at(-1)?.presence).toMatchObject({ state: 'asked', check: { id: 'second' } });
    room.line = false;
    room.study.answerPresence('right');
    await room.pass(250);
    expect(room.views.at(-1)?.presence?.state).toBe('failed');
    room.line = true;
    room.study.answerPresence('right');
    await room.pass(500);
    expect(room.answers).toEqual(['first wrong', 'second right']);
    expect([room.status, room.media.paused]).toEqual(['counting', false]);
    expect(room.media.currentTime).toBeLessThan(stoppedAt + 1);
  });

  test('at the opening does not begin to play', async () => {
    room.presenceCheck = question('first');
    await room.start();
    await room.pass(500);
    expect([room.status, room.media.paused, room.media.currentTime]).toEqual(['asked', true, 0]);
  });

  test('on another device by then is asked no more, and nothing plays by itself', async () => {
    await room.start();
    room.presenceCheck = question('first');
    await room.pass(13_000);
    room.presenceCheck = null;
    room.state = 'taken-over';
    room.study.sendNow();
    await room.pass(1_000);
    expect(room.media.paused).toBe(true);
    expect(room.opened).toHaveLength(1);
  });
});

describe('a learner beyond the offline allowance', () => {
  test('is told that nothing counts until the server is reached', async () => {
    await room.start();
    await room.pass(13_000);
    room.line = false;
    await room.pass(1_812_000);
    expect(room.status).toBe('out-of-touch');
    room.line = true;
    room.study.sendNow();
    await settle();
    expect(room.status).toBe('counting');
    expect(room.opened).toHaveLength(1);
  });

  test('after a pause that long, opens a new session before playing on', async () => {
    await room.start();
    await room.pass(1_000);
    room.media.paused = true;
    await room.pass(1_900_000);
    room.media.paused = false;
    await room.pass(500);
    expect([room.status, room.opened.length]).toEqual(['counting', 2]);
  });
});

describe('a new session is opened', () => {
  test('after sleep, when the two clocks disagree; the sleep is in no beat', async () => {
    await room.start();
    await room.pass(3_000);
    room.wall += 3_600_000;
    await room.pass(3_000);
    expect(room.opened).toEqual(['session-1', 'session-2']);
    room.media.paused = true;
    room.study.sample();
    await settle();
    expect(room.received.map(([id, b]) => [id, b.wallToMs])).toEqual([
      ['session-1', 3_000],
      ['session-2', 2_750],
    ]);
  });

  test('when play goes on after the page was left and restored', async () => {
    await room.start();
    await room.pass(1_000);
    room.study.leave();
    await room.pass(1_000);
    expect(room.opened).toEqual(['session-1', 'session-2']);
  });

  test('not by itself after another device took over: the player stops until the learner asks', async () => {
    await room.start();
    await room.pass(11_000);
    room.state = 'taken-over';
    room.refusals = [{ seq: 1, clause: 'one-stream', ms: 3_000 }];
    await room.pass(5_000);
    expect([room.status, room.media.paused, room.opened.length]).toEqual(['taken-over', true, 1]);
    expect(room.media.currentTime).toBe(9);
    room.state = 'open';
    await room.study.studyHere();
    await room.pass(1_000);
    expect([room.status, room.media.paused, room.opened.length]).toEqual(['counting', false, 2]);
  });
});

describe('a learner is told when nothing counts', () => {
  test('because there is no line to begin with; trying again begins', async () => {
    room.openFailures = [{ kind: 'offline' }];
    expect(await room.study.open()).toBeUndefined();
    expect(room.status).toBe('start-offline');
    await room.start();
    await room.pass(500);
    expect(room.status).toBe('counting');
  });

  test('because the class is not running; the video plays on all the same', async () => {
    room.openFailures = [{ kind: 'not-open' }];
    await room.start();
    await room.pass(30_000);
    expect([room.status, room.media.paused, room.received.length]).toEqual([
      'start-not-open',
      false,
      0,
    ]);
  });

  test('because the page is out of sight', async () => {
    await room.start();
    await room.pass(1_000);
    room.seen = false;
    await room.pass(1_000);
    expect(room.status).toBe('hidden');
    room.study.leave();
    await settle();
    expect(room.received.map(([, b]) => b.visible)).toEqual([true, false]);
  });
});
