import { Form, useSubmit } from '@remix-run/react';
import { GROUPINGS } from '~/domain/reports/class-hour-filter';
import { useText } from '~/i18n/locale';
import { classHourMessages } from '~/i18n/messages/class-hours';
import { Field, SelectField } from '~/ui/field';
import { IconDownload, IconX } from '~/ui/icons';
import { Link } from '~/ui/link';
import type { ReportData } from './class-hours';
import { reportQuery } from './report-link';
import styles from './class-hours.module.css';

const SHOWN = GROUPINGS.filter((grouping) => grouping !== 'day');

export function ReportFilters({ report: page }: { report: ReportData }) {
  const text = useText(classHourMessages);
  const submit = useSubmit();
  const { by, filter, order, descending } = page.report;
  const direction = descending ? 'desc' : 'asc';
  const exported = reportQuery({ by, filter }, { sort: order, dir: direction });
  const chips = [
    { name: 'courseId', what: text.groupings.course, value: page.names.course },
    { name: 'personId', what: text.groupings.learner, value: page.names.learner },
    { name: 'producerId', what: text.groupings.producer, value: page.names.producer },
  ].filter((chip) => chip.value !== null);
  return (
    <div className={styles.controls}>
      <nav className={styles.groupings} aria-label={text.by}>
        {SHOWN.map((grouping) => (
          <Link
            key={grouping}
            to={`?${reportQuery({ by: grouping, filter })}`}
            aria-current={grouping === by ? 'true' : undefined}
          >
            {text.groupings[grouping]}
          </Link>
        ))}
      </nav>
      {page.total.rows > 0 ? (
        <a
          className={`button outlined ${styles.export}`}
          href={`/manage/class-hours/export?${exported}`}
        >
          <IconDownload size={18} aria-hidden="true" />
          {text.export(page.total.rows)}
        </a>
      ) : null}
      <Form
        method="get"
        className={styles.filters}
        key={reportQuery({ by, filter })}
        onChange={(event) => {
          if (event.target instanceof HTMLSelectElement) submit(event.currentTarget);
        }}
      >
        <input type="hidden" name="by" value={by} />
        {(['courseId', 'personId', 'producerId'] as const).map((name) =>
          filter[name] ? <input key={name} type="hidden" name={name} value={filter[name]} /> : null,
        )}
        <Field
          label={text.from}
          type="date"
          name="from"
          defaultValue={filter.from}
          error={page.report.wrongDays ? text.wrongDays : undefined}
        />
        <Field label={text.to} type="date" name="to" defaultValue={filter.to} />
        <SelectField
          label={text.organization}
          name="organizationId"
          defaultValue={filter.organizationId ?? ''}
        >
          <option value="">{text.allOrganizations}</option>
          {page.organizations.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </SelectField>
        <SelectField label={text.class} name="classId" defaultValue={filter.classId ?? ''}>
          <option value="">{text.allClasses}</option>
          {page.classes.map((one) => (
            <option key={one.id} value={one.id}>
              {one.title}
            </option>
          ))}
        </SelectField>
        <button className="button outlined">{text.apply}</button>
        {Object.values(filter).some(Boolean) ? (
          <Link className="button text" to={`?by=${by}`}>
            {text.clear}
          </Link>
        ) : null}
      </Form>
      {chips.length > 0 ? (
        <p className={styles.chips}>
          {chips.map((chip) => (
            <Link
              key={chip.name}
              className="chip"
              to={`?${reportQuery({ by, filter: { ...filter, [chip.name]: undefined } })}`}
              aria-label={text.removeOnly(chip.value ?? '')}
            >
              {text.only(chip.what, chip.value ?? '')}
              <IconX size={16} aria-hidden="true" />
            </Link>
          ))}
        </p>
      ) : null}
    </div>
  );
}
