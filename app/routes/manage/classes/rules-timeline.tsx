import { useLoaderData } from '@remix-run/react';
import { useLocale, useText } from '~/i18n/locale';
import { classRulesMessages } from '~/i18n/messages/class-rules';
import { ruleSetMessages } from '~/i18n/messages/rule-sets';
import { ruleSentences } from '~/i18n/rule-words';
import { Badge } from '~/ui/badge';
import { Link } from '~/ui/link';
import type { loader } from './rules';
import styles from './rules.module.css';

/** By what the class counts, day by day: what was, what is, what comes, and who decided it. */
export function RulesTimeline() {
  const { timeline, today } = useLoaderData<typeof loader>();
  const text = useText(classRulesMessages);
  const ruleText = useText(ruleSetMessages);
  const locale = useLocale();
  return (
    <section className="card stack">
      <h2>{text.timeline}</h2>
      <ol className={styles.timeline}>
        {timeline.map((one, index) => {
          const begun = one.fromDay === null || one.fromDay <= today;
          const over = one.untilDay !== null && one.untilDay < today;
          const state = one.replaced ? 'replaced' : !begun ? 'coming' : over ? 'past' : 'current';
          return (
            <li
              key={`${one.fromDay ?? ''} ${index}`}
              aria-current={state === 'current' ? 'true' : undefined}
              className={state === 'replaced' ? styles.replaced : undefined}
            >
              <div className={styles.heading}>
                <b>{one.fromDay === null ? text.fromBeginning : text.from(one.fromDay)}</b>
                {one.untilDay !== null && !one.replaced ? (
                  <span className="second">{text.until(one.untilDay)}</span>
                ) : null}
                <Badge tone={state === 'current' ? 'done' : 'plain'}>{text.states[state]}</Badge>
              </div>
              <p>
                <Link to={`/manage/rule-sets/${one.ruleSetId}`}>
                  {locale === 'zh' ? one.name : one.nameEn}
                </Link>{' '}
                <span className="second nowrap">{text.version(one.rules.version)}</span>
              </p>
              {one.decision && one.decidedOn ? (
                <p className="small second">
                  {text.decided(one.decision.by, one.decidedOn)}
                  {locale === 'zh' ? '。' : '. '}
                  {text.reasonOf(one.decision.reason)}
                </p>
              ) : null}
              <details className="small">
                <summary>{text.words}</summary>
                <ul className={styles.words}>
                  {ruleSentences(one.rules, ruleText).map((sentence) => (
                    <li key={sentence}>{sentence}</li>
                  ))}
                </ul>
              </details>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
