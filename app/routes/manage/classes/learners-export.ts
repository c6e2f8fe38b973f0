import { exportClassLearners } from '~/domain/classes/export-class-learners.server';
import { formatExact, toClassHours } from '~/domain/class-hours/figures';
import { classMessages } from '~/i18n/messages/classes';
import { readLocale } from '~/web/locale.server';
import { signedIn } from '~/web/page.server';
import { spreadsheetAnswer } from '~/web/spreadsheet.server';
import { readLearnerTable } from './read-tables.server';

/** A class's learners as filtered and sorted on the page, all rows of them, as .xlsx. */
export const loader = signedIn(async ({ request, params, context, viewer }) => {
  const messages = classMessages[readLocale(request)];
  const text = messages.learners;
  const { table } = readLearnerTable(new URL(request.url).searchParams);
  const { trainingClass, learners } = await exportClassLearners(context.db, viewer, {
    classId: params.classId ?? '',
    table,
    now: context.clock.now(),
  });
  const creditedMs = learners.reduce((sum, one) => sum + one.creditedMs, 0);
  return spreadsheetAnswer(`class-${trainingClass.startsOn}`, [
    {
      name: text.sheet,
      columns: [
        { title: text.id, width: 38, kind: 'text' },
        { title: text.name, width: 16, kind: 'text' },
        { title: text.organization, width: 24, kind: 'text' },
        { title: text.status, width: 10, kind: 'text' },
        { title: text.credited, width: 10, kind: 'number' },
        { title: messages.about.classHours, width: 10, kind: 'number' },
        { title: text.exact, width: 12, kind: 'text' },
        { title: text.milliseconds, width: 14, kind: 'number' },
        { title: text.lessons, width: 12, kind: 'text' },
        { title: text.last, width: 26, kind: 'text' },
      ],
      rows: learners.map((one) => [
        one.personId,
        one.name,
        one.organization?.name ?? '',
        messages.statuses[one.status],
        one.creditedClassHours,
        one.requiredClassHours,
        formatExact(one.creditedMs),
        one.creditedMs,
        `${one.lessonsComplete} / ${one.lessons}`,
        one.lastStudiedAt === null ? '' : new Date(one.lastStudiedAt).toISOString(),
      ]),
      total: [
        '',
        text.total,
        '',
        '',
        toClassHours(creditedMs, trainingClass.minutesPerClassHour),
        '',
        formatExact(creditedMs),
        creditedMs,
        '',
        '',
      ],
    },
  ]);
});
