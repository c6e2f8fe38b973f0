import { GROUPINGS } from '~/domain/reports/class-hour-filter';
import { useText } from '~/i18n/locale';
import { classHourMessages } from '~/i18n/messages/class-hours';
import { IconX } from '~/ui/icons';
import { Link } from '~/ui/link';
import { ReportChoice, ReportControls } from '../report-controls';
import { reportQuery } from '../report-query';
import type { ReportData } from './class-hours';
import styles from './class-hours.module.css';

const SHOWN = GROUPINGS.filter((grouping) => grouping !== 'day');

export function ReportFilters({ report: page }: { report: ReportData }) {
  const text = useText(classHourMessages);
  const { filter } = page.report;
  return (
    <ReportControls
      view={page.report}
      groupings={SHOWN}
      text={text}
      rows={page.total.rows}
      exportPath="/manage/class-hours/export"
      below={<Chips page={page} />}
    >
      {(['courseId', 'personId', 'producerId'] as const).map((name) =>
        filter[name] ? <input key={name} type="hidden" name={name} value={filter[name]} /> : null,
      )}
      <ReportChoice
        name="organizationId"
        label={text.organization}
        all={text.allOrganizations}
        chosen={filter.organizationId}
        from={page.organizations}
      />
      <ReportChoice
        name="classId"
        label={text.class}
        all={text.allClasses}
        chosen={filter.classId}
        from={page.classes.map(({ id, title }) => ({ id, name: title }))}
      />
    </ReportControls>
  );
}

/** What the report was narrowed to by going down in it; each can be taken off. */
function Chips({ page }: { page: ReportData }) {
  const text = useText(classHourMessages);
  const { by, filter } = page.report;
  const chips = [
    { name: 'courseId', what: text.groupings.course, value: page.names.course },
    { name: 'personId', what: text.groupings.learner, value: page.names.learner },
    { name: 'producerId', what: text.groupings.producer, value: page.names.producer },
  ].filter((chip) => chip.value !== null);
  if (chips.length === 0) return null;
  return (
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
  );
}
