import { readFileSync } from 'node:fs';

/** The picture's size, and where the moving parts go that ffmpeg draws over it. */
export const card = { width: 854, height: 480, scaleLeft: 48, scaleRight: 806, scaleTop: 388 };

/** Small pictures that ffmpeg turns and shifts over the cards. */
export const movingParts = {
  dial: {
    width: 48,
    height: 48,
    svg: '<g fill="none" stroke="#A9CFC0" stroke-width="1.5"><circle cx="24" cy="24" r="22"/><path d="M24 2v6M46 24h-6M24 46v-6M2 24h6"/></g>',
  },
  hand: { width: 43, height: 43, svg: '<path d="M21.5 25V5" stroke="#FF8A4F" stroke-width="3"/>' },
  pointer: {
    width: 9,
    height: 30,
    svg: '<path d="M4.5 0v30" stroke="#fff" stroke-width="7"/><path d="M4.5 0v30" stroke="#FF8A4F" stroke-width="3"/>',
  },
};

const shapes = {
  circle: '<circle cx="12" cy="12" r="11"/>',
  hexagon: '<path d="M6.4 1.6h11.2L23.5 12l-5.9 10.4H6.4L.5 12z"/>',
};
const marks = {
  鸢都技师学院: ['circle', '鸢'],
  云门技师学院: ['circle', '云'],
  虞河技工学校: ['circle', '虞'],
  海岱动力集团: ['hexagon', '岱'],
  渠丰农机股份: ['hexagon', '渠'],
  峰源精密制造: ['hexagon', '峰'],
};

/** The drawing of a course cover, redrawn in the light lines used on green. */
function drawing(art) {
  return readFileSync(new URL(`../../public/art/${art}.svg`, import.meta.url), 'utf8')
    .replace(/<path fill="#\w{6}" d="M60 0h288v180H60z"\/>/, '')
    .replaceAll(/#(2B5A4C|6B4E23|3B4C85)/g, '#6FA893')
    .replaceAll('#D9531E', '#FF8A4F')
    .replaceAll('fill="#fff" fill-opacity=".5"', 'fill="#fff" fill-opacity=".05"');
}

function scale(seconds) {
  const { scaleLeft, scaleRight, scaleTop } = card;
  const at = (second) => scaleLeft + ((scaleRight - scaleLeft) * second) / seconds;
  const minutes = Array.from({ length: Math.floor(seconds / 60) + 1 }, (_, minute) => minute);
  const ticks = minutes.map(
    (m) => `<path d="M${at(m * 60)} ${scaleTop + 16}v${m % 5 === 0 ? 9 : 6}"/>`,
  );
  const labels = minutes
    .filter((minute) => at(minute * 60) < scaleRight - 60)
    .map((m) => `<text x="${at(m * 60)}" y="${scaleTop + 42}">${m === 0 ? '0 分' : m}</text>`);
  return `<svg class="scale" width="${card.width}" height="${card.height}">
    <rect x="${scaleLeft}" y="${scaleTop}" width="${scaleRight - scaleLeft}" height="10" rx="2" fill="#2F6656"/>
    <g stroke="#A9CFC0" stroke-width="1.5">${ticks.join('')}<path d="M${scaleRight} ${scaleTop + 16}v9"/></g>
    ${labels.join('')}<text x="${scaleRight}" y="${scaleTop + 42}" text-anchor="end">${clockText(seconds)}</text></svg>`;
}

function page({ lesson, seconds, index, heading, points }) {
  const [shape, character] = marks[lesson.organization];
  const isTitle = index === 0;
  return `<section class="${isTitle ? 'title' : 'slide'}">
    <div class="art">${drawing(lesson.art)}</div>
    <p class="course">${isTitle ? lesson.course : `${lesson.number} ${lesson.title}`}</p>
    <h1>${isTitle ? `<b>${lesson.number}</b>${lesson.title}` : heading}</h1>
    ${isTitle ? `<p class="by"><svg viewBox="0 0 24 24">${shapes[shape]}<text x="12" y="16.4">${character}</text></svg>${lesson.organization} 制作</p>` : `<ul>${points.map((point) => `<li>${point}</li>`).join('')}</ul>`}
    ${scale(seconds)}</section>`;
}

/** mm:ss of a number of seconds. */
export function clockText(seconds) {
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}

/** One HTML page with all pictures of a lesson one above the other, the title card first. The upper left corner stays free for the player's way back. */
export function titleCards(lesson, seconds) {
  const slides = [{ heading: lesson.title, points: [] }, ...lesson.slides];
  const body = slides.map((slide, index) => page({ lesson, seconds, index, ...slide }));
  return `<!doctype html><meta charset="utf-8"><style>
    * { margin: 0; padding: 0; box-sizing: border-box }
    body { font-family: 'Noto Sans CJK SC', sans-serif; color: #fff; font-variant-numeric: tabular-nums }
    section { position: relative; width: ${card.width}px; height: ${card.height}px; background: #104337; overflow: hidden }
    .art { position: absolute; right: 24px; top: 84px; width: 400px; opacity: .8 } .slide .art { opacity: .32 }
    .course { position: absolute; left: 120px; top: 34px; font-size: 20px; color: #D8E8E0 }
    h1 { position: absolute; left: 48px; top: 108px; font-size: 34px; font-weight: 600; line-height: 1.35; max-width: 720px }
    .title h1 { top: 150px; max-width: 440px; font-size: 40px } h1 b { display: block; font-size: 24px; color: #A9CFC0; font-weight: 600 }
    ul { position: absolute; left: 48px; top: 184px; list-style: none; font-size: 26px; line-height: 1.4; max-width: 740px }
    li { padding-left: 24px; margin-bottom: 13px; position: relative }
    li::before { content: ''; position: absolute; left: 0; top: 8px; width: 3px; height: 22px; background: #FF8A4F }
    .by { position: absolute; left: 48px; top: 318px; font-size: 20px; color: #D8E8E0; display: flex; align-items: center; gap: 10px }
    .by svg { width: 32px; fill: none; stroke: #A9CFC0; stroke-width: 1.25 }
    .by text { font-size: 12px; fill: #fff; stroke: none; text-anchor: middle }
    .scale { position: absolute; inset: 0 } .scale text { font-size: 16px; fill: #D8E8E0 }
  </style>${body.join('')}`;
}
