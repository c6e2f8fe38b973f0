import type { Evidence } from '~/domain/signals/signal';
import { spokenMinutes, spokenTime, timeOfDay } from '~/i18n/durations';
import type { Locale } from '~/i18n/locale';
import { signalMessages } from '~/i18n/messages/signals';

const MOST_NAMED = 3;

/** What a signal rests on, in one plain sentence; `otherName` is the other account or class, where it may be known. */
export function signalSentence(
  { evidence, otherName }: { evidence: Evidence; otherName?: string | undefined },
  locale: Locale,
  zone: string,
): string {
  const says = signalMessages[locale].says;
  const time = (at: number) => timeOfDay(at, zone);
  const span = (fromAt: number, toAt: number) =>
    time(fromAt) === time(toAt) ? time(fromAt) : `${time(fromAt)}–${time(toAt)}`;
  const seconds = (ms: number, digits: number) => (ms / 1000).toFixed(digits);
  const long = (ms: number) => spokenMinutes(ms, locale);
  const exact = (ms: number) => spokenTime(ms, locale);
  switch (evidence.kind) {
    case 'shared-device': {
      const { meetings, overlapping, count } = evidence;
      const named = meetings
        .slice(0, MOST_NAMED)
        .map((one) =>
          says.meeting(span(one.fromAt, one.toAt), span(one.otherFromAt, one.otherToAt)),
        );
      if (count > named.length) named.push(says.more(count - named.length));
      const lead = says.device(otherName ?? says.outsider, count, overlapping);
      return `${lead}${says.detail}${named.join(says.apart)}`;
    }
    case 'unserved-video':
      return says.unserved(span(evidence.fromAt, evidence.toAt), evidence.sessions);
    case 'even-beats': {
      const { fromAt, toAt, beats, lengthMs } = evidence;
      return says.even(span(fromAt, toAt), beats, seconds(lengthMs, 3));
    }
    case 'quick-answers':
      return says.quick(
        evidence.answers
          .map((one) => says.answer(time(one.at), seconds(one.tookMs, 1)))
          .join(says.list),
      );
    case 'wrong-answers':
      return says.wrong(evidence.at.length, evidence.at.map(time).join(says.list));
    case 'long-day':
      return says.longDay(long(evidence.spentMs), long(evidence.creditedMs), long(evidence.hereMs));
    case 'night-study':
      return says.night(span(evidence.fromAt, evidence.toAt), long(evidence.ms));
    case 'other-class': {
      const other = otherName === undefined ? says.elsewhere : says.named(otherName);
      return says.twice(other, exact(evidence.otherCreditedMs), exact(evidence.creditedMs));
    }
  }
}
