import { formatExact } from '~/domain/class-hours/figures';
import { dayAt } from '~/domain/class-hours/platform-day';
import { exportClassHours } from '~/domain/reports/export-class-hours.server';
import { listGroupNames } from '~/domain/reports/list-group-names.server';
import { classHourMessages } from '~/i18n/messages/class-hours';
import { readLocale } from '~/web/locale.server';
import { signedIn } from '~/web/page.server';
import { spreadsheetAnswer } from '~/web/spreadsheet.server';
import { readReport } from './read-report.server';

/** The totals exactly as filtered and sorted on the page, all rows of them, as .xlsx. */
export const loader = signedIn(async ({ request, context, viewer }) => {
  const text = classHourMessages[readLocale(request)];
  const { by, filter, order, descending } = readReport(new URL(request.url).searchParams);
  const now = context.clock.now();
  const { rows, total } = await exportClassHours(context.db, viewer, {
    filter,
    by,
    range: { order, descending },
    now,
  });
  const named = async (of: Parameters<typeof listGroupNames>[1], key: string | undefined) =>
    key ? ((await listGroupNames(context.db, of, [key])).get(key) ?? key) : text.any;
  const conditions: [string, string][] = [
    [text.by, text.groupings[by]],
    [text.from, filter.from ?? text.any],
    [text.to, filter.to ?? text.any],
    [text.organization, await named('organization', filter.organizationId)],
    [text.class, await named('class', filter.classId)],
    [text.groupings.course, await named('course', filter.courseId)],
    [text.groupings.learner, await named('learner', filter.personId)],
    [text.groupings.producer, await named('producer', filter.producerId)],
    [text.exportedAt, new Date(now).toISOString()],
  ];
  const day = dayAt(now, context.settings.zone).day;
  return spreadsheetAnswer(`class-hours-by-${by}-${day}`, [
    {
      name: text.sheet,
      columns: [
        { title: text.id, width: 38, kind: 'text' },
        { title: text.groupings[by], width: 32, kind: 'text' },
        { title: text.learners, width: 10, kind: 'number' },
        { title: text.exact, width: 14, kind: 'text' },
        { title: text.milliseconds, width: 16, kind: 'number' },
        { title: text.credited, width: 14, kind: 'number' },
      ],
      rows: rows.map((row) => [row.key, row.name, ...figures(row)]),
      total: ['', text.total, ...figures(total)],
    },
    {
      name: text.conditions,
      columns: [
        { title: text.condition, width: 16, kind: 'text' },
        { title: text.value, width: 40, kind: 'text' },
      ],
      rows: conditions,
    },
  ]);
});

function figures(one: { learners: number; creditedMs: number; classHours: number }) {
  return [one.learners, formatExact(one.creditedMs), one.creditedMs, one.classHours];
}
