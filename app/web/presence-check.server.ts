import type { PresenceQuestion } from '~/domain/class-hours/presence-check.server';
import type { Locale } from '~/i18n/locale';
import { presenceMessages } from '~/i18n/messages/presence';

/** A presence check as the contract shows it (docs/api.md): an option is answered by its id. */
export interface ShownPresenceCheck {
  id: string;
  question: string;
  options: { id: string; text: string }[];
  answerWithinMs: number;
}

/** Puts a question into the reader's language. */
export function showPresenceCheck(
  check: PresenceQuestion | null,
  locale: Locale,
): ShownPresenceCheck | null {
  if (!check) return null;
  const text = presenceMessages[locale];
  const [kind = '', left = '', right = ''] = check.question.split(' ');
  return {
    id: check.id,
    question: kind === 'sum' ? text.sum(left, right) : (text.questions[kind] ?? kind),
    options: check.options.map((option, index) => {
      return { id: String(index + 1), text: text.options[option] ?? option };
    }),
    answerWithinMs: check.answerWithinMs,
  };
}
