import { COVERS, LEVELS } from '~/domain/courses/course-settings';
import { useText } from '~/i18n/locale';
import { courseMessages } from '~/i18n/messages/courses';
import { teachMessages } from '~/i18n/messages/teach';
import { Field, SelectField, TextField } from '~/ui/field';
import styles from './courses.module.css';

export interface SettingsValues {
  title: string;
  occupation: string;
  level: string;
  summary: string;
  cover: string;
}

/** The fields of a course's settings, for a new course and for changing them. */
export function SettingsFields(props: {
  values: SettingsValues;
  errors: Record<string, string>;
  readOnly?: boolean;
}) {
  const { values, errors, readOnly } = props;
  const text = useText(courseMessages);
  const hints = useText(teachMessages).create;
  const fault = (field: string) => text.faults[errors[field] ?? ''];
  return (
    <fieldset className="stack" disabled={readOnly}>
      <Field
        label={text.fields.title ?? ''}
        name="title"
        defaultValue={values.title}
        maxLength={60}
        required
        error={fault('title')}
      />
      <Field
        label={text.fields.occupation ?? ''}
        hint={hints.occupationHint}
        name="occupation"
        defaultValue={values.occupation}
        maxLength={30}
        required
        error={fault('occupation')}
      />
      <SelectField
        label={text.fields.level ?? ''}
        name="level"
        defaultValue={values.level}
        error={fault('level')}
      >
        {LEVELS.map((level) => (
          <option key={level} value={level}>
            {text.levels[level]}
          </option>
        ))}
      </SelectField>
      <TextField
        label={text.fields.summary ?? ''}
        hint={hints.summaryHint}
        name="summary"
        defaultValue={values.summary}
        maxLength={300}
        rows={3}
        error={fault('summary')}
      />
      <fieldset className="field">
        <legend>{text.fields.cover}</legend>
        <div className={styles.covers}>
          {COVERS.map((cover) => (
            <label key={cover} className={styles.cover}>
              <input
                type="radio"
                name="cover"
                value={cover}
                defaultChecked={cover === values.cover}
              />
              <img src={`/art/cover-${cover}.svg`} alt="" width="160" height="92" />
              <span>{text.covers[cover]}</span>
            </label>
          ))}
        </div>
      </fieldset>
    </fieldset>
  );
}
