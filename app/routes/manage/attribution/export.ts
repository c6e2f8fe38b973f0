import { formatExact } from '~/domain/class-hours/figures';
import { dayAt } from '~/domain/class-hours/platform-day';
import { CLASS_HOUR_MS } from '~/domain/courses/planned-hours';
import { exportAttribution } from '~/domain/reports/export-attribution.server';
import type { AttributionFigures } from '~/domain/reports/attribution';
import { attributionMessages } from '~/i18n/messages/attribution';
import { readLocale } from '~/web/locale.server';
import { signedIn } from '~/web/page.server';
import { spreadsheetAnswer } from '~/web/spreadsheet.server';
import { readAttribution } from './read-attribution.server';

/** Who produced what, exactly as filtered and sorted on the page, all rows of it, as .xlsx. */
export const loader = signedIn(async ({ request, context, viewer }) => {
  const text = attributionMessages[readLocale(request)];
  const view = readAttribution(new URL(request.url).searchParams);
  const { by, filter } = view;
  const { zone } = context.settings;
  const now = context.clock.now();
  const report = await exportAttribution(context.db, viewer, { ...view, zone }, now);
  const named = (from: { id: string; name: string }[], id: string | undefined) =>
    from.find((one) => one.id === id)?.name ?? text.any;
  return spreadsheetAnswer(`attribution-by-${by}-${dayAt(now, zone).day}`, [
    {
      name: text.sheet,
      columns: [
        { title: text.id, width: 38, kind: 'text' },
        { title: text.groupings[by], width: 32, kind: 'text' },
        { title: text.organization, width: 26, kind: 'text' },
        { title: text.lessons, width: 8, kind: 'number' },
        { title: text.planned, width: 12, kind: 'number' },
        { title: text.plannedHours, width: 16, kind: 'number' },
        { title: text.recorded, width: 12, kind: 'text' },
        { title: text.milliseconds, width: 16, kind: 'number' },
        { title: text.recordedHours, width: 16, kind: 'number' },
      ],
      rows: report.rows.map((row) => [row.key, row.name, row.organizationName, ...figures(row)]),
      total: ['', text.total, '', ...figures(report.total)],
    },
    {
      name: text.conditions,
      columns: [
        { title: text.condition, width: 16, kind: 'text' },
        { title: text.value, width: 40, kind: 'text' },
      ],
      rows: [
        [text.by, text.groupings[by]],
        [text.from, filter.from ?? text.any],
        [text.to, filter.to ?? text.any],
        [text.organization, named(report.organizations, filter.organizationId)],
        [text.course, named(report.courses, filter.courseId)],
        [text.exportedAt, new Date(now).toISOString()],
      ],
    },
  ]);
});

/** Class hours unrounded, so that the cells add up. */
function figures({ lessons, plannedMinutes, recordedMs }: AttributionFigures) {
  return [
    lessons,
    plannedMinutes,
    (plannedMinutes * 60_000) / CLASS_HOUR_MS,
    formatExact(recordedMs),
    recordedMs,
    recordedMs / CLASS_HOUR_MS,
  ];
}
