import type { BenchRow } from './bench-row';
import { serveWorld, type ServedWorld } from './served-world';

const WARM_UP = 2_000;
const ROUNDS = 5;
const REQUESTS = 100;

/** CPU time of the server a request, ms: session, queries and rendering, one request after the other. */
async function measure(world: ServedWorld, path: string): Promise<number> {
  const get = async () => {
    const answer = await fetch(world.url + path, { headers: { cookie: world.cookie } });
    const html = await answer.text();
    if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}`);
    return html;
  };
  for (let n = 0; n < WARM_UP; n += 1) await get();
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = await cpuSeconds(world);
    for (let n = 0; n < REQUESTS; n += 1) await get();
    rounds.push(((await cpuSeconds(world)) - before) * (1_000 / REQUESTS));
  }
  rounds.sort((a, b) => a - b);
  return rounds[Math.floor(ROUNDS / 2)] ?? 0;
}

async function cpuSeconds({ url }: ServedWorld): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_cpu_seconds_total (\S+)/m.exec(text)?.[1]);
}

/** What the pages of a learner with 20 lessons cost the server. */
export async function run(): Promise<BenchRow[]> {
  const world = await serveWorld();
  try {
    const course = `/learn/classes/${world.enrollmentId}`;
    const pages = [
      ['CPU: health check, the yardstick', '/healthz'],
      ['CPU: learner’s home', '/learn'],
      ['CPU: lesson page', `${course}/lessons/${world.lessonId}`],
      ['CPU: outline of 20 lessons', course],
    ] as const;
    const rows: BenchRow[] = [];
    for (const [name, path] of pages) {
      const value = Math.round((await measure(world, path)) * 100) / 100;
      const note = path === '/healthz' ? '' : 'under 9; the nearest peer needs 90';
      rows.push({ name, value, unit: 'ms/request', ...(note ? { note } : {}) });
    }
    return rows;
  } finally {
    world.stop();
  }
}
