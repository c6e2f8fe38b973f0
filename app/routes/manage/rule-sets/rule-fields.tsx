import { useState } from 'react';
import type { TypedRules } from '~/domain/rule-sets/rule-set-form';
import { useText } from '~/i18n/locale';
import { ruleSetMessages } from '~/i18n/messages/rule-sets';
import { Field } from '~/ui/field';
import styles from './rule-sets.module.css';

/** The fields of a version, filled with what was typed or with the newest version. */
export function RuleFields(props: { values: TypedRules; errors: Record<string, string> }) {
  const { values, errors } = props;
  const messages = useText(ruleSetMessages);
  const text = messages.form;
  const [asks, setAsks] = useState(values.presence);
  const field = (name: Exclude<keyof TypedRules, 'requireVisible' | 'presence'>) => ({
    name,
    label: text[name],
    defaultValue: values[name],
    error: messages.errors[errors[name] ?? ''],
    autoComplete: 'off',
  });
  return (
    <>
      <fieldset className={styles.part}>
        <legend>{text.counting}</legend>
        <div className={styles.pair}>
          <Field
            {...field('minutesPerClassHour')}
            inputMode="numeric"
            hint={text.minutesPerClassHourHint}
            required
          />
          <Field {...field('dailyCap')} inputMode="decimal" hint={text.dailyCapHint} />
        </div>
        <div className={styles.pair}>
          <Field {...field('maxSpeed')} inputMode="decimal" hint={text.maxSpeedHint} required />
          <Field
            {...field('offlineMinutes')}
            inputMode="numeric"
            hint={text.offlineMinutesHint}
            required
          />
        </div>
        <label className="check">
          <input type="checkbox" name="requireVisible" defaultChecked={values.requireVisible} />
          <span>
            {text.requireVisible}
            <br />
            <span className="small second">{text.requireVisibleHint}</span>
          </span>
        </label>
      </fieldset>
      <fieldset className={styles.part}>
        <legend>{text.asking}</legend>
        <label className="check">
          <input
            type="checkbox"
            name="presence"
            defaultChecked={values.presence}
            onChange={(event) => setAsks(event.target.checked)}
          />
          <span>
            {text.presence}
            <br />
            <span className="small second">{text.presenceHint}</span>
          </span>
        </label>
        <div className={styles.part} hidden={!asks}>
          <div className={styles.pair}>
            <Field
              {...field('checkAfterMinMinutes')}
              inputMode="numeric"
              hint={text.checkAfterHint}
            />
            <Field {...field('checkAfterMaxMinutes')} inputMode="numeric" />
          </div>
          <div className={styles.pair}>
            <Field {...field('answerSeconds')} inputMode="numeric" hint={text.answerSecondsHint} />
            <Field {...field('retrySeconds')} inputMode="numeric" hint={text.retrySecondsHint} />
          </div>
        </div>
      </fieldset>
    </>
  );
}
