import { useText } from '~/i18n/locale';
import { appealMessages } from '~/i18n/messages/appeals';
import { Field } from '~/ui/field';
import { formatExact } from '~/domain/class-hours/figures';

/** Which day of a lesson is corrected, and by how much. */
export function CorrectionFields(props: {
  day: string;
  time: string;
  /** The first day of the class, and today. */
  bounds: { from: string; to: string };
  /** How much more the lesson can be credited, ms. */
  leftMs: number;
  errors: Partial<Record<string, string>>;
}) {
  const { day, time, bounds, leftMs, errors } = props;
  const messages = useText(appealMessages);
  const text = messages.desk;
  return (
    <>
      <Field
        label={text.day}
        name="day"
        type="date"
        min={bounds.from}
        max={bounds.to}
        defaultValue={day}
        error={messages.errors[errors.day ?? '']}
      />
      <Field
        label={text.time}
        hint={text.timeHint(formatExact(leftMs))}
        name="time"
        inputMode="text"
        autoComplete="off"
        defaultValue={time}
        error={messages.errors[errors.time ?? '']}
      />
    </>
  );
}
