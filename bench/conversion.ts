import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { convertMedia } from '../app/domain/media/convert-media.server';
import { planConversion } from '../app/domain/media/conversion-plan';
import { planPreviews } from '../app/domain/media/previews';
import { openStudio, type Studio } from '../app/domain/media/testing-studio.server';
import { LOUDNESS } from '../app/infra/ladder-arguments.server';
import { probeMedia } from '../app/infra/media-probe.server';
import type { BenchRow } from './bench-row';
import { makeTake, median, placeUpload, repeat, seconds } from './long-films';

const ROUNDS = 3;
const LOOK_EVERY_MS = 5;
// Three hours in about 2 GB, and ten minutes as a phone records them.
const LONG = { name: '3 hours', rate: 1_400_000, takes: 1080, least: 0.8 };
const SHORT = { name: '10 minutes', rate: 8_000_000, takes: 60, least: undefined };
const LADDER_TAKES = 3;
const MOST_OF_ONE_COMMAND = 1.05;

const signal = new AbortController().signal;

/** Conversion beside the bare ffmpeg commands that do the same, in turn, medians. */
export async function run(): Promise<BenchRow[]> {
  const studio = await openStudio();
  try {
    const rows: BenchRow[] = [];
    for (const kind of [LONG, SHORT]) rows.push(...(await measureRepackaging(studio, kind)));
    const take = makeTake(join(studio.folder, 'take.mp4'), SHORT.rate);
    const film = repeat(take, LADDER_TAKES, join(studio.folder, 'film.mp4'));
    return [...rows, ...(await measureLadder(studio, film))];
  } finally {
    await studio.close();
  }
}

/** At as low a priority as ours has. */
const calmly = (args: string[]) => execFileSync('nice', ['-n', '10', 'ffmpeg', ...args]);

async function timed(work: () => unknown): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

async function measureRepackaging(
  studio: Studio,
  { name, rate, takes, least }: typeof LONG | typeof SHORT,
): Promise<BenchRow[]> {
  const { store } = studio;
  const take = makeTake(join(studio.folder, `take-${rate}.mp4`), rate);
  const lesson = repeat(take, takes, join(studio.folder, `lesson-${rate}.mp4`));
  const copy = join(studio.folder, 'copy.mp4');
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    const copying = ['-v', 'error', '-nostdin', '-y', '-i', lesson, '-c', 'copy', copy];
    bare.push(await timed(() => execFileSync('ffmpeg', copying)));
    rmSync(copy);
    const { id, finish } = await placeUpload(studio, lesson);
    await finish();
    ours.push(await timeToWatch(studio, id));
    await store.remove(id);
  }
  const ratio = median(bare) / median(ours);
  rmSync(lesson);
  const speed = Math.round((takes * 10_000) / median(ours));
  return [
    {
      name: `re-packaging ${name}, of the speed of ffmpeg -c copy`,
      value: Math.round(ratio * 100),
      unit: '%',
      note:
        `${seconds(median(ours))} s and ${seconds(median(bare))} s, ${speed}x real time` +
        (least === undefined ? '' : `; at least ${least * 100}`),
      ...(least !== undefined && ratio < least ? { wrong: true } : {}),
    },
  ];
}

/** How long until a received lesson can be watched; its first job goes on after that for a moment. */
async function timeToWatch(studio: Studio, id: string): Promise<number> {
  const { db, store, now } = studio;
  const from = performance.now();
  let ended = false;
  const job = convertMedia(db, id, { store, now, signal }).finally(() => (ended = true));
  job.catch(() => undefined);
  while (!ended && (await load(studio, id)).state !== 'playable') await sleep(LOOK_EVERY_MS);
  const took = performance.now() - from;
  await job;
  const { state } = await load(studio, id);
  if (state !== 'playable') throw new Error(`the lesson is ${state}`);
  return took;
}

const load = (studio: Studio, id: string) =>
  studio.db.selectFrom('media').select('state').where('id', '=', id).executeTakeFirstOrThrow();

async function measureLadder(studio: Studio, film: string): Promise<BenchRow[]> {
  const [ours, one]: [number[], number[]] = [[], []];
  const command = await oneCommand(film, join(studio.folder, 'one'));
  for (let round = 0; round < ROUNDS; round += 1) {
    one.push(await timed(() => calmly(command)));
    const { id, finish } = await placeUpload(studio, film);
    await finish();
    ours.push(await timed(() => studio.convert(id)));
    const { state } = await load(studio, id);
    if (state !== 'ready') throw new Error(`the film is ${state}`);
    await studio.store.remove(id);
  }
  const ratio = median(ours) / median(one);
  return [
    {
      name: 'everything made of a film, of the time of one ffmpeg command',
      value: Math.round(ratio * 100),
      unit: '%',
      note: `at most ${MOST_OF_ONE_COMMAND * 100}; ${seconds(median(ours))} s and ${seconds(median(one))} s`,
      ...(ratio > MOST_OF_ONE_COMMAND ? { wrong: true } : {}),
    },
  ];
}

/** The same outputs as somebody would write them down: every picture scaled from the source. */
async function oneCommand(film: string, folder: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const probe = await probeMedia(film, 'mov', signal);
  const planned = planConversion(probe);
  if ('refused' in planned) throw new Error(planned.refused);
  const films = planned.plan.renditions.flatMap(({ picture, ...size }) =>
    picture === 'copy' ? [] : [{ ...size, ...picture }],
  );
  const previews = planPreviews({ durationMs: probe.durationMs, width: 1280, height: 720 });
  const out = (name: string) => join(folder, name);
  const mp4 = ['-f', 'mp4', '-movflags', 'frag_keyframe+delay_moov+default_base_moof'];
  const ends = (name: string, count: number) =>
    Array.from({ length: count }, (_, n) => `[${name}${n}]`).join('');
  const graph = [
    `[0:v]split=${films.length + 1}${ends('v', films.length + 1)}`,
    ...films.map(({ width, height }, n) => `[v${n}]scale=${width}:${height}[film${n}]`),
    `[v${films.length}]fps=1/${previews.everySeconds},scale=${previews.width}:${previews.height},` +
      `tile=${previews.columns}x${previews.rows}[sheet]`,
    `[0:a]${LOUDNESS},asplit=${films.length + 1}${ends('sound', films.length + 1)}`,
  ];
  return [
    ...['-nostdin', '-v', 'error', '-y', '-threads', '2', '-i', film],
    ...['-filter_complex', graph.join(';')],
    ...['-map', '0:v', '-map', '0:a', '-c', 'copy', ...mp4, out('copy.mp4')],
    ...films.flatMap((each, n) => [
      ...['-map', `[film${n}]`, '-map', `[sound${n}]`, '-c:v', 'libx264', '-preset', 'veryfast'],
      ...['-profile:v', 'high', '-crf', '23', '-maxrate', String(each.maxRate)],
      ...['-bufsize', String(each.maxRate * 2), '-sc_threshold', '0', '-threads:v', '2'],
      ...['-force_key_frames', 'expr:gte(t,n_forced*6)', '-c:a', 'aac'],
      ...['-b:a', String(each.soundRate), ...mp4, out(`${each.height}.mp4`)],
    ]),
    ...['-map', `[sound${films.length}]`, '-c:a', 'aac', '-b:a', '64k', ...mp4, out('sound.mp4')],
    ...['-map', '[sheet]', '-fps_mode', 'passthrough', '-q:v', '7', out('sheet-%d.jpg')],
  ];
}
