import { Form } from '@remix-run/react';
import { LONGEST_MESSAGE } from '~/domain/co-authoring/invitation-form';
import { useText } from '~/i18n/locale';
import { partnershipMessages } from '~/i18n/messages/partnerships';
import { teachMessages } from '~/i18n/messages/teach';
import { Field, SelectField, TextField } from '~/ui/field';
import styles from './partnerships.module.css';

/** What need not be said. */
const TERMS = ['message', 'chapters', 'endsOn'];

/** Asking an organization to join: in which words, for which chapters, until when. */
export function InviteForm(props: {
  invitable: { id: string; name: string }[];
  today: string;
  /** What was typed and refused. */
  values: Record<string, string>;
  errors: Record<string, string>;
}) {
  const { invitable, values, errors } = props;
  const text = useText(teachMessages).partners;
  const words = useText(partnershipMessages);
  const fault = (field: string) =>
    Object.entries(errors)
      .filter(([name]) => name === field || name.startsWith(`${field}/`))
      .map(([, message]) => words.faults[message] ?? message)[0];
  return (
    <Form method="post" className={`stack ${styles.invite}`} key={`invite ${invitable.length}`}>
      <input type="hidden" name="intent" value="invite" />
      <SelectField
        label={text.invite}
        hint={text.inviteHint}
        name="organizationId"
        defaultValue={values.organizationId ?? ''}
        required
      >
        <option value="">{text.choose}</option>
        {invitable.map((organization) => (
          <option key={organization.id} value={organization.id}>
            {organization.name}
          </option>
        ))}
      </SelectField>
      <details
        // A browser does not open it by itself for what it finds wrong in it.
        onInvalidCapture={(event) => {
          event.currentTarget.open = true;
        }}
        {...(TERMS.some((field) => values[field] || fault(field)) ? { open: true } : {})}
      >
        <summary>{words.terms}</summary>
        <div className="stack">
          <TextField
            label={words.message}
            hint={words.messageHint}
            name="message"
            rows={3}
            maxLength={LONGEST_MESSAGE}
            defaultValue={values.message ?? ''}
            error={fault('message')}
          />
          <TextField
            label={words.chapters}
            hint={words.chaptersHint}
            name="chapters"
            rows={3}
            defaultValue={values.chapters ?? ''}
            error={fault('chapters')}
          />
          <Field
            label={words.endsOn}
            hint={words.endsOnHint}
            name="endsOn"
            type="date"
            min={props.today}
            defaultValue={values.endsOn ?? ''}
            error={fault('endsOn')}
          />
        </div>
      </details>
      <div>
        <button className="button outlined">{text.inviteSubmit}</button>
      </div>
    </Form>
  );
}
