import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { useText } from '~/i18n/locale';
import { appealMessages } from '~/i18n/messages/appeals';
import { TextField } from '~/ui/field';
import { Notice } from '~/ui/notice';
import { CorrectionFields } from '../class-hours/correction-fields';
import type { action, loader } from './appeal';
import styles from './appeals.module.css';

/** The manager's answer to an appeal: accepted with a correction, or declined; with a reason in both cases. */
export function DecisionForm() {
  const { appeal, bounds, lastDay, today } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const messages = useText(appealMessages);
  const text = messages.desk;
  const typed: Partial<Record<string, string>> = refused?.fields ?? {};
  const errors: Partial<Record<string, string>> = refused?.errors ?? {};
  return (
    <Form method="post" className={`card ${styles.part}`} preventScrollReset>
      <h3>{text.decide}</h3>
      <fieldset className={styles.choice} aria-label={text.decide}>
        {errors.decision ? (
          <Notice tone="wrong">{messages.errors[errors.decision] ?? errors.decision}</Notice>
        ) : null}
        <label className="check">
          <input
            type="radio"
            name="decision"
            value="accepted"
            defaultChecked={typed.decision === 'accepted'}
          />
          {text.accept}
        </label>
        <div className={styles.inner}>
          <CorrectionFields
            day={typed.day ?? appeal.day ?? lastDay}
            time={typed.time ?? ''}
            bounds={{ from: bounds.firstDay, to: today }}
            leftMs={Math.max(0, bounds.lengthMs - bounds.lessonMs)}
            errors={errors}
          />
        </div>
        <label className="check">
          <input
            type="radio"
            name="decision"
            value="declined"
            defaultChecked={typed.decision === 'declined'}
          />
          {text.decline}
        </label>
      </fieldset>
      <TextField
        label={text.reason}
        hint={text.reasonHint}
        name="reason"
        rows={4}
        maxLength={500}
        defaultValue={typed.reason}
        error={messages.errors[errors.reason ?? '']}
      />
      <div>
        <button className="button">{text.submit}</button>
      </div>
      <p className="small second">{text.final}</p>
    </Form>
  );
}
