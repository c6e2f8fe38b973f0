import { ATTRIBUTIONS } from '~/domain/reports/attribution';
import { useText } from '~/i18n/locale';
import { attributionMessages } from '~/i18n/messages/attribution';
import { ReportChoice, ReportControls } from '../report-controls';
import type { AttributionData } from './attribution';

/** Grouping, conditions and export. */
export function AttributionFilters({ report }: { report: AttributionData }) {
  const text = useText(attributionMessages);
  const { filter } = report.view;
  return (
    <ReportControls
      view={report.view}
      groupings={ATTRIBUTIONS}
      text={text}
      rows={report.count}
      exportPath="/manage/attribution/export"
    >
      <ReportChoice
        name="organizationId"
        label={text.organization}
        all={text.allOrganizations}
        chosen={filter.organizationId}
        from={report.organizations}
      />
      <ReportChoice
        name="courseId"
        label={text.course}
        all={text.allCourses}
        chosen={filter.courseId}
        from={report.courses}
      />
    </ReportControls>
  );
}
