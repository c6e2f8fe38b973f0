import { Form, useSubmit } from '@remix-run/react';
import type { ReactNode } from 'react';
import { Field, SelectField } from '~/ui/field';
import { IconDownload } from '~/ui/icons';
import { Link } from '~/ui/link';
import { reportQuery } from './report-query';
import styles from './class-hours/class-hours.module.css';

interface View<By extends string> {
  by: By;
  filter: { from?: string | undefined; to?: string | undefined };
  order: string;
  descending: boolean;
  wrongDays: boolean;
}

/** Grouping, days and further conditions of a report, and its export. */
export function ReportControls<By extends string>(props: {
  view: View<By>;
  /** What it can be grouped by. */
  groupings: readonly By[];
  text: Record<'by' | 'from' | 'to' | 'wrongDays' | 'apply' | 'clear', string> & {
    groupings: Record<By, string>;
    export: (rows: number) => string;
  };
  rows: number;
  exportPath: string;
  /** The further conditions' fields. */
  children: ReactNode;
  below?: ReactNode;
}) {
  const { text, view, rows } = props;
  const { by, filter, order, descending } = view;
  const submit = useSubmit();
  const exported = reportQuery(view, { sort: order, dir: descending ? 'desc' : 'asc' });
  return (
    <div className={styles.controls}>
      <nav className={styles.groupings} aria-label={text.by}>
        {props.groupings.map((grouping) => (
          <Link
            key={grouping}
            to={`?${reportQuery({ by: grouping, filter })}`}
            aria-current={grouping === by ? 'true' : undefined}
          >
            {text.groupings[grouping]}
          </Link>
        ))}
      </nav>
      {rows > 0 ? (
        <a className={`button outlined ${styles.export}`} href={`${props.exportPath}?${exported}`}>
          <IconDownload size={18} aria-hidden="true" />
          {text.export(rows)}
        </a>
      ) : null}
      <Form
        method="get"
        className={styles.filters}
        key={reportQuery(view)}
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
          error={view.wrongDays ? text.wrongDays : undefined}
        />
        <Field label={text.to} type="date" name="to" defaultValue={filter.to} />
        {props.children}
        <button className="button outlined">{text.apply}</button>
        {Object.values(filter).some(Boolean) ? (
          <Link className="button text" to={`?by=${by}`}>
            {text.clear}
          </Link>
        ) : null}
      </Form>
      {props.below}
    </div>
  );
}

/** One of those in the report, or all. */
export function ReportChoice(props: {
  name: string;
  label: string;
  all: string;
  chosen: string | undefined;
  from: readonly { id: string; name: string }[];
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
