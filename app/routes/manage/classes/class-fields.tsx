import type { TypedClass } from '~/domain/classes/class-form';
import type { RuleSetChoice } from '~/domain/classes/list-rule-set-versions.server';
import { useLocale, useText } from '~/i18n/locale';
import { classMessages } from '~/i18n/messages/classes';
import { Field, SelectField } from '~/ui/field';
import { IconAlertCircle } from '~/ui/icons';
import styles from './classes.module.css';

export interface CourseChoice {
  courseId: string;
  title: string;
  number: number;
  lessons: number;
  durationMs: number;
}

/** The fields of a class, filled with what was typed or is stored. */
export function ClassFields(props: {
  values: TypedClass;
  errors: Record<string, string>;
  courses: CourseChoice[];
  ruleSets: RuleSetChoice[];
}) {
  const { values, errors, courses, ruleSets } = props;
  const messages = useText(classMessages);
  const text = messages.form;
  const locale = useLocale();
  const fault = (name: string) => {
    const key = errors[name];
    return key === undefined ? undefined : (messages.errors[key] ?? key);
  };
  const field = (name: 'title' | 'startsOn' | 'endsOn' | 'capacity' | 'required') => ({
    name,
    defaultValue: values[name],
    error: fault(name),
    required: true,
  });
  return (
    <>
      <Field label={text.title} hint={text.titleHint} maxLength={120} {...field('title')} />
      <div className={styles.pair}>
        <Field label={text.startsOn} type="date" {...field('startsOn')} />
        <Field label={text.endsOn} type="date" hint={text.datesHint} {...field('endsOn')} />
      </div>
      <div className={styles.pair}>
        <Field label={text.capacity} inputMode="numeric" {...field('capacity')} />
        <Field
          label={text.required}
          inputMode="decimal"
          hint={text.requiredHint}
          {...field('required')}
        />
      </div>
      <SelectField
        label={text.rules}
        name="ruleSetVersionId"
        defaultValue={values.ruleSetVersionId}
        hint={text.rulesHint}
        error={fault('ruleSetVersionId')}
      >
        {ruleSets.map((one) => (
          <option key={one.id} value={one.id}>
            {locale === 'zh' ? one.name : one.nameEn}
          </option>
        ))}
      </SelectField>
      <fieldset className="stack-tight">
        <legend className="label">{text.courses}</legend>
        {courses.map((course) => (
          <label key={course.courseId} className="check">
            <input
              type="checkbox"
              name="courseIds"
              value={course.courseId}
              defaultChecked={values.courseIds.includes(course.courseId)}
            />
            <span>
              {course.title}{' '}
              <span className="small second">
                {messages.about.version(course.number)}{' '}
                {text.courseSize(course.lessons, Math.ceil(course.durationMs / 60_000))}
              </span>
            </span>
          </label>
        ))}
        <p className="small second">{text.coursesHint}</p>
        {errors.courseIds ? (
          <p className="form-error" role="alert">
            <IconAlertCircle size={18} aria-hidden="true" />
            <span>{fault('courseIds')}</span>
          </p>
        ) : null}
      </fieldset>
      <label className="check">
        <input
          type="checkbox"
          name="openToApplications"
          defaultChecked={values.openToApplications}
        />
        <span>
          {text.openToApplications}
          <br />
          <span className="small second">{text.openHint}</span>
        </span>
      </label>
    </>
  );
}
