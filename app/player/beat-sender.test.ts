import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Beat, QueuedBeat } from './beat';
import { MemoryBeatQueue } from './beat-queue';
import { BeatSender, type SenderState } from './beat-sender';
import type { BeatsAnswer, Failure, Outcome } from './watch-api';

const LEARNER = 'worker';
const answer: BeatsAnswer = {
  ackSeq: 0,
  creditedMs: 0,
  coveredMs: 0,
  spentMs: 0,
  creditedTodayMs: 0,
  complete: false,
  refusals: [],
  state: 'open',
  presenceCheck: null,
};

const beat = (seq: number): Beat => ({
  seq,
  wallFromMs: seq * 1000,
  wallToMs: seq * 1000 + 1000,
  mediaFromMs: seq * 1000,
  mediaToMs: seq * 1000 + 1000,
  visible: true,
});

/** The line to the server: answers with the failures given, one a request, then with 200. */
async function line(failures: Failure[], waiting: [session: string, seqs: number[]][]) {
  const queue = new MemoryBeatQueue();
  for (const [sessionId, seqs] of waiting)
    for (const seq of seqs) await queue.add(LEARNER, { sessionId, beat: beat(seq) });
  const requests: [string, number[]][] = [];
  const states: SenderState[] = [];
  const answered: number[] = [];
  const api = {
    send: async (sessionId: string, beats: readonly Beat[]): Promise<Outcome<BeatsAnswer>> => {
      requests.push([sessionId, beats.map((b) => b.seq)]);
      const failure = failures.shift();
      return failure ? { ok: false, failure } : { ok: true, value: answer };
    },
  };
  const sender = new BeatSender(LEARNER, queue, api, {
    onAnswer: (_session, _answer, beats) => answered.push(...beats.map((q) => q.beat.seq)),
    onState: (state) => states.push(state),
  });
  const left = async () => (await queue.list(LEARNER)).map((q: QueuedBeat) => q.beat.seq);
  return { sender, queue, requests, states, answered, left };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('waiting beats', () => {
  test('go out by session, in order, at most 200 at a time, and leave the queue when answered', async () => {
    const many = Array.from({ length: 230 }, (_, n) => n + 1);
    const { sender, requests, states, left } = await line(
      [],
      [
        ['b', [2, 1]],
        ['a', many],
      ],
    );
    await sender.send();
    expect(requests).toEqual([
      ['a', many.slice(0, 200)],
      ['a', many.slice(200)],
      ['b', [1, 2]],
    ]);
    expect(await left()).toEqual([]);
    expect(states.at(-1)).toBe('sent');
  });

  test('stay while there is no line, and go out by themselves when it is back, waiting longer each time', async () => {
    const offline: Failure = { kind: 'offline' };
    const { sender, requests, states, left } = await line([offline, offline], [['a', [1]]]);
    await sender.send();
    expect([states.at(-1), await left()]).toEqual(['waiting', [1]]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(requests).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1_999);
    expect(requests).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect([states.at(-1), await left()]).toEqual(['sent', []]);
  });

  test('wait as long as the server asks for', async () => {
    const busy: Failure = { kind: 'too-many', retryAfterMs: 7_000 };
    const { sender, requests } = await line([busy], [['a', [1]]]);
    await sender.send();
    await vi.advanceTimersByTimeAsync(6_999);
    expect(requests).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(requests).toHaveLength(2);
  });

  test('stay when the learner is signed out, and nothing is tried until they are back', async () => {
    const { sender, requests, states, left } = await line([{ kind: 'signed-out' }], [['a', [1]]]);
    await sender.send();
    await vi.advanceTimersByTimeAsync(600_000);
    expect([requests.length, states.at(-1), await left()]).toEqual([1, 'signed-out', [1]]);
    await sender.send();
    expect(await left()).toEqual([]);
  });

  test('of a session that is not this account’s stay for their owner, and the others go out', async () => {
    const { sender, answered, left } = await line(
      [{ kind: 'not-found' }],
      [
        ['a', [1]],
        ['b', [5]],
      ],
    );
    await sender.send();
    expect([answered, await left()]).toEqual([[5], [1]]);
  });

  test('that the server cannot read are set aside, the one it names only', async () => {
    const refused: Failure = { kind: 'refused', pointers: ['/beats/1/mediaToMs'] };
    const { sender, requests, states, left } = await line([refused], [['a', [1, 2, 3]]]);
    await sender.send();
    expect(requests.at(-1)).toEqual(['a', [1, 3]]);
    expect([states.includes('set-aside'), await left()]).toEqual([true, []]);
  });

  test('too many for one request are sent in halves', async () => {
    const { sender, requests, left } = await line([{ kind: 'too-large' }], [['a', [1, 2, 3, 4]]]);
    await sender.send();
    expect(requests.slice(1)).toEqual([
      ['a', [1, 2]],
      ['a', [3, 4]],
    ]);
    expect(await left()).toEqual([]);
  });

  test('of another learner on this device are left alone', async () => {
    const { sender, queue, requests } = await line([], []);
    await queue.add('colleague', { sessionId: 'c', beat: beat(1) });
    await sender.send();
    expect(requests).toEqual([]);
    expect(await queue.list('colleague')).toHaveLength(1);
  });
});
