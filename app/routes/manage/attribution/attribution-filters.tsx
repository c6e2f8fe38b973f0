import { Form, useSubmit } from '@remix-run/react';
import { ATTRIBUTIONS } from '~/domain/reports/attribution';
import { useText } from '~/i18n/locale';
import { attributionMessages } from '~/i18n/messages/attribution';
import { Field, SelectField } from '~/ui/field';
import { IconDownload } from '~/ui/icons';
import { Link } from '~/ui/link';
import type { AttributionData } from './attribution';
import { attributionQuery } from './attribution-link';
import styles from '../class-hours/class-hours.module.css';

/** Grouping, conditions and export. */
export function AttributionFilters({ report }: { report: AttributionData }) {
  const text = useText(attributionMessages);
  const submit = useSubmit();
  const { by, filter, order, descending, wrongDays } = report.view;
  const sorted = { sort: order, dir: descending ? 'desc' : 'asc' };
  return (
    <div className={styles.controls}>
      <nav className={styles.groupings} aria-label={text.by}>
        {ATTRIBUTIONS.map((grouping) => (
          <Link
            key={grouping}
            to={`?${attributionQuery(grouping, filter)}`}
            aria-current={grouping === by ? 'true' : undefined}
          >
            {text.groupings[grouping]}
          </Link>
        ))}
      </nav>
      {report.count > 0 ? (
        <a
          className={`button outlined ${styles.export}`}
          href={`/manage/attribution/export?${attributionQuery(by, filter, sorted)}`}
        >
          <IconDownload size={18} aria-hidden="true" />
          {text.export(report.count)}
        </a>
      ) : null}
      <Form
        method="get"
        className={styles.filters}
        key={attributionQuery(by, filter)}
        onChange={(event) => {
          if (event.target instanceof HTMLSelectElement) submit(event.currentTarget);
        }}
      >
        <input type="hidden" name="by" value={by} />
        <Field
          label={text.from}
          type="date"
          name="from"
          defaultValue={filter.from}
          error={wrongDays ? text.wrongDays : undefined}
        />
        <Field label={text.to} type="date" name="to" defaultValue={filter.to} />
        <Choice
          name="organizationId"
          label={text.organization}
          all={text.allOrganizations}
          chosen={filter.organizationId}
          from={report.organizations}
        />
        <Choice
          name="courseId"
          label={text.course}
          all={text.allCourses}
          chosen={filter.courseId}
          from={report.courses}
        />
        <button className="button outlined">{text.apply}</button>
        {Object.values(filter).some(Boolean) ? (
          <Link className="button text" to={`?by=${by}`}>
            {text.clear}
          </Link>
        ) : null}
      </Form>
    </div>
  );
}

function Choice(props: {
  name: string;
  label: string;
  all: string;
  chosen: string | undefined;
  from: { id: string; name: string }[];
}) {
  return (
    <SelectField label={props.label} name={props.name} defaultValue={props.chosen ?? ''}>
      <option value="">{props.all}</option>
      {props.from.map((one) => (
        <option key={one.id} value={one.id}>
          {one.name}
        </option>
      ))}
    </SelectField>
  );
}
