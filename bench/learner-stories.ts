import { StudyPlayer, type BenchLearner, type Seen, type StudyApi } from './study-player';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
export const LENGTH = 45 * MINUTE;
/** From the asking; time after it is held until the check is passed. */
const ANSWER_WITHIN = 60 * SECOND;

export interface Story {
  title: string;
  rules: 'plain' | 'fast' | 'presence';
  /** Left to the bench: the suite lives through enough that is like it. */
  long?: true;
  /** Studies through the API; returns what is right by arithmetic, ms. */
  study(
    open: (how?: { lesson?: number; answers?: boolean }) => StudyPlayer,
    api: StudyApi,
  ): Promise<number>;
}

/** Plays all of it in real time and never answers; a reload resets nothing. Right is a minute past the first asking. */
async function neverAnswer(
  open: (how: { answers: boolean }) => StudyPlayer,
  reloadEveryMs: number,
): Promise<number> {
  const player = open({ answers: false });
  let startedAt = 0;
  for (let at = 0; at < LENGTH; at += reloadEveryMs) {
    await player.open();
    startedAt ||= player.openedAt;
    await player.play(at, Math.min(LENGTH, at + reloadEveryMs));
  }
  if (player.askedAt === undefined) throw new Error('nobody asked');
  const askedAfter = player.askedAt - startedAt;
  if (askedAfter < 15 * MINUTE || askedAfter > 20 * MINUTE + 12 * SECOND) {
    throw new Error(`asked after ${askedAfter} ms`);
  }
  return askedAfter + ANSWER_WITHIN;
}

/** Learners, honest and not, on a lesson of 45 minutes. */
export const stories: Story[] = [
  {
    title: 'honest at 1x, ends with a click',
    rules: 'plain',
    long: true,
    async study(open) {
      const player = open();
      await player.open();
      await player.play(0, LENGTH);
      await player.leave('click');
      return LENGTH;
    },
  },
  {
    title: 'honest, closes the tab 20 s early',
    rules: 'plain',
    long: true,
    async study(open) {
      const player = open();
      await player.open();
      await player.play(0, LENGTH - 27 * SECOND);
      await player.keep(7 * SECOND, LENGTH - 27 * SECOND);
      await player.leave('closed');
      return LENGTH - 20 * SECOND;
    },
  },
  {
    title: 'the same, killed, back the next day',
    rules: 'plain',
    long: true,
    async study(open, api) {
      const player = open();
      await player.open();
      await player.play(0, LENGTH - 27 * SECOND);
      await player.keep(7 * SECOND, LENGTH - 27 * SECOND);
      await player.leave('killed');
      await api.advance(20 * HOUR);
      await player.send();
      return LENGTH - 20 * SECOND;
    },
  },
  {
    title: 'rewinds 10 min',
    rules: 'plain',
    long: true,
    async study(open) {
      const player = open();
      await player.open();
      await player.play(0, 30 * MINUTE);
      await player.play(20 * MINUTE, LENGTH);
      await player.leave('click');
      return LENGTH;
    },
  },
  {
    title: '2x, in a class that allows it',
    rules: 'fast',
    async study(open) {
      const player = open();
      await player.open();
      await player.play(0, LENGTH, { speed: 2 });
      await player.leave('click');
      return LENGTH / 2;
    },
  },
  {
    title: '0.75x',
    rules: 'plain',
    long: true,
    async study(open) {
      const player = open();
      await player.open();
      await player.play(0, LENGTH, { speed: 0.75 });
      await player.leave('click');
      return LENGTH;
    },
  },
  {
    title: 'crash at minute 40, back the next day',
    rules: 'plain',
    long: true,
    async study(open, api) {
      const player = open();
      await player.open();
      await player.play(0, 40 * MINUTE - 7 * SECOND);
      await player.keep(7 * SECOND, 40 * MINUTE - 7 * SECOND);
      await player.leave('killed');
      await api.advance(20 * HOUR);
      await player.send();
      return 40 * MINUTE;
    },
  },
  {
    title: 'seeks to the end after a minute',
    rules: 'plain',
    async study(open) {
      const player = open();
      await player.open();
      await player.play(0, MINUTE);
      await player.play(LENGTH - MINUTE, LENGTH);
      await player.leave('click');
      return 2 * MINUTE;
    },
  },
  {
    title: 'page open but paused',
    rules: 'plain',
    async study(open, api) {
      const player = open();
      await player.open();
      await api.advance(LENGTH);
      await player.leave('click');
      return 0;
    },
  },
  {
    title: 'reloads every 4 min',
    rules: 'plain',
    long: true,
    async study(open) {
      const player = open();
      for (let at = 0; at < LENGTH; at += 4 * MINUTE) {
        await player.open();
        await player.play(at, Math.min(LENGTH, at + 4 * MINUTE));
      }
      await player.leave('click');
      return LENGTH;
    },
  },
  {
    title: 'script: claims it all at once',
    rules: 'plain',
    async study(open, api) {
      const player = open();
      await player.open();
      await player.claim(LENGTH);
      await api.advance(MINUTE);
      // Nothing had passed; what is left is the allowance for clocks that differ, long lived by now.
      return 2 * SECOND;
    },
  },
  {
    title: 'script in real time, answers no check',
    rules: 'presence',
    long: true,
    study: (open) => neverAnswer(open, LENGTH),
  },
  {
    title: 'automatic reloader, answers no check',
    rules: 'presence',
    study: (open) => neverAnswer(open, 4 * MINUTE),
  },
  {
    title: 'honest, answers the checks',
    rules: 'presence',
    async study(open) {
      const player = open();
      await player.open();
      await player.play(0, LENGTH);
      await player.leave('click');
      if (player.askedAt === undefined) throw new Error('nobody asked');
      return LENGTH;
    },
  },
  {
    title: 'two devices on two lessons',
    rules: 'plain',
    long: true,
    async study(open, api) {
      const phone = open({ lesson: 0 });
      const desk = open({ lesson: 1 });
      await phone.open();
      await phone.play(0, 10 * MINUTE);
      await desk.open();
      // The phone is told, and its changed player goes on.
      for (let at = 0; at < LENGTH; at += 12 * SECOND) {
        await api.advance(12 * SECOND);
        await desk.report(12 * SECOND, at, at + 12 * SECOND);
        const onPhone = 10 * MINUTE + at;
        if (onPhone < LENGTH) await phone.report(12 * SECOND, onPhone, onPhone + 12 * SECOND);
      }
      await phone.leave('click');
      await desk.leave('click');
      return 10 * MINUTE + LENGTH;
    },
  },
  {
    title: '20 min without a line',
    rules: 'plain',
    async study(open) {
      const player = open();
      await player.open();
      await player.play(0, 10 * MINUTE);
      await player.play(10 * MINUTE, 30 * MINUTE, { online: false });
      await player.play(30 * MINUTE, LENGTH);
      await player.leave('click');
      return LENGTH;
    },
  },
  {
    title: 'two hours in airplane mode, looping',
    rules: 'plain',
    async study(open) {
      const player = open();
      await player.open();
      await player.play(0, 5 * MINUTE);
      await player.play(5 * MINUTE, LENGTH, { online: false });
      await player.play(0, LENGTH, { online: false });
      await player.play(0, 35 * MINUTE, { online: false });
      await player.leave('click');
      // 5 min in touch, then the allowance of 30.
      return 35 * MINUTE;
    },
  },
  {
    title: 'take-over with an unsent queue',
    rules: 'plain',
    async study(open) {
      const phone = open();
      const desk = open();
      await phone.open();
      await phone.play(0, 12 * MINUTE);
      await phone.play(12 * MINUTE, 20 * MINUTE, { online: false });
      await desk.open();
      await desk.play(20 * MINUTE, LENGTH);
      await desk.leave('click');
      await phone.send();
      return LENGTH;
    },
  },
];

/** One story lived through the API: what is right, and what was seen. */
export async function live(story: Story, api: StudyApi, learner: BenchLearner) {
  const seen: Seen[] = [];
  const startedAt = await api.advance(0);
  const expectedMs = await story.study((how) => new StudyPlayer(api, learner, seen, how), api);
  const realTimeMs = (await api.advance(0)) - startedAt;
  return { expectedMs, realTimeMs, seen };
}
