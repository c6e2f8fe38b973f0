import { RULE_SETTINGS, type RuleSetting } from '~/domain/rule-sets/rule-changes';
import type { Rules } from '~/domain/rule-sets/rule-set-form';
import { useText } from '~/i18n/locale';
import { ruleSetMessages } from '~/i18n/messages/rule-sets';
import { ruleValues } from '~/i18n/rule-words';
import { Badge } from '~/ui/badge';
import styles from './rule-sets.module.css';

/** One version with its settings; those that differ from the version before are marked, with what they were. */
export function VersionCard(props: {
  rules: Rules & { version: number };
  publishedOn: string;
  classes: number;
  before: Rules | null;
  changed: RuleSetting[];
  newest: boolean;
}) {
  const { rules, before, changed } = props;
  const text = useText(ruleSetMessages);
  const values = ruleValues(rules, text);
  const was = before ? ruleValues(before, text) : null;
  return (
    <section className={`card ${styles.version}`}>
      <div className={styles.heading}>
        <h2>{text.list.version(rules.version)}</h2>
        {props.newest ? <Badge tone="done">{text.detail.newest}</Badge> : null}
        <span className="second">{text.detail.publishedOn(props.publishedOn)}</span>
        <span className="second">{text.detail.classes(props.classes)}</span>
      </div>
      <dl className={styles.facts}>
        {RULE_SETTINGS.map((setting) => {
          const differs = changed.includes(setting);
          return (
            <div key={setting} className={styles.fact}>
              <dt>{text.settings[setting]}</dt>
              <dd className={differs ? styles.changed : undefined}>
                {values[setting]}
                {differs && was ? (
                  <span className={styles.was}>{text.detail.was(was[setting])}</span>
                ) : null}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
