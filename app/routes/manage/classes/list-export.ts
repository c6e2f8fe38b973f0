import { dayAt } from '~/domain/class-hours/platform-day';
import { exportClasses } from '~/domain/classes/export-classes.server';
import { classMessages } from '~/i18n/messages/classes';
import { readLocale } from '~/web/locale.server';
import { signedIn } from '~/web/page.server';
import { spreadsheetAnswer } from '~/web/spreadsheet.server';
import { readClassTable } from './read-tables.server';

/** The list of classes as filtered and sorted on the page, all rows of it, as .xlsx. */
export const loader = signedIn(async ({ request, context, viewer }) => {
  const messages = classMessages[readLocale(request)];
  const text = messages.list;
  const { table } = readClassTable(new URL(request.url).searchParams);
  const now = context.clock.now();
  const today = dayAt(now, context.settings.zone).day;
  const rows = await exportClasses(context.db, viewer, { table, today, now });
  return spreadsheetAnswer(`classes-${today}`, [
    {
      name: text.sheet,
      columns: [
        { title: messages.learners.id, width: 38, kind: 'text' },
        { title: text.name, width: 32, kind: 'text' },
        { title: text.organization, width: 24, kind: 'text' },
        { title: text.state, width: 10, kind: 'text' },
        { title: messages.form.startsOn, width: 12, kind: 'text' },
        { title: messages.form.endsOn, width: 12, kind: 'text' },
        { title: text.required, width: 12, kind: 'number' },
        { title: messages.tabs.learners, width: 10, kind: 'number' },
        { title: messages.form.capacity, width: 10, kind: 'number' },
        { title: text.completed, width: 10, kind: 'number' },
        { title: text.waiting, width: 10, kind: 'number' },
        { title: text.appeals, width: 12, kind: 'number' },
      ],
      rows: rows.map((row) => [
        row.id,
        row.title,
        row.organizationName,
        messages.states[row.state],
        row.startsOn,
        row.endsOn,
        row.requiredClassHours,
        row.learners,
        row.capacity,
        row.completed,
        row.applications,
        row.appeals,
      ]),
    },
  ]);
});
