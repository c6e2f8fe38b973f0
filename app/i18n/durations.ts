import type { Locale } from './locale';

const two = (value: number) => String(value).padStart(2, '0');

/** A position or length in a video: m:ss, from an hour on h:mm:ss; a begun second is not shown. */
export function clockTime(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** A length in words, to the second: 5 分 20 秒, 5 min 20 s. */
export function spokenTime(ms: number, locale: Locale): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const parts =
    locale === 'zh'
      ? ([
          [Math.floor(seconds / 3600), '小时'],
          [Math.floor(seconds / 60) % 60, '分'],
          [seconds % 60, '秒'],
        ] as const)
      : ([
          [Math.floor(seconds / 3600), 'h'],
          [Math.floor(seconds / 60) % 60, 'min'],
          [seconds % 60, 's'],
        ] as const);
  const said = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount} ${unit}`);
  return said.length > 0 ? said.join(' ') : `0 ${parts[2][1]}`;
}

/** A length in whole minutes, for what need not be exact: 31 分, 31 min. */
export function spokenMinutes(ms: number, locale: Locale): string {
  const minutes = Math.floor(Math.max(0, ms) / 60_000);
  return spokenTime(minutes > 0 ? minutes * 60_000 : Math.floor(ms / 1000) * 1000, locale);
}

const LANGUAGE = { zh: 'zh-CN', en: 'en-GB' };

/** A calendar day (YYYY-MM-DD) as 12 月 20 日 or 20 December. */
export function spokenDay(day: string, locale: Locale): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (locale === 'zh') return `${date.getUTCMonth() + 1} 月 ${date.getUTCDate()} 日`;
  return new Intl.DateTimeFormat(LANGUAGE.en, {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(date);
}

/** The month of a calendar day, short: 12 月, Dec. */
export function spokenMonth(day: string, locale: Locale): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (locale === 'zh') return `${date.getUTCMonth() + 1} 月`;
  return new Intl.DateTimeFormat(LANGUAGE.en, { month: 'short', timeZone: 'UTC' }).format(date);
}

/** The day of the week of a calendar day. */
export function spokenWeekday(day: string, locale: Locale): string {
  return new Intl.DateTimeFormat(LANGUAGE[locale], { weekday: 'short', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

/** Making one costs more than a hundred uses. */
const clocks = new Map<string, Intl.DateTimeFormat>();

/** The time of day of a moment (epoch ms) in a zone: 14:20. */
export function timeOfDay(at: number, zone: string): string {
  let clock = clocks.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-GB', {
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone: zone,
    });
    clocks.set(zone, clock);
  }
  return clock.format(at);
}

/** A correction: `+5:20`, `−0:40`. */
export function signedTime(ms: number): string {
  return `${ms < 0 ? '−' : '+'}${clockTime(Math.abs(ms))}`;
}
