import { formatExactMs } from '~/domain/class-hours/figures';
import { exportSettlement } from '~/domain/settlements/export-settlement.server';
import { sumOf } from '~/domain/settlements/settlement-lines';
import { settlementMessages } from '~/i18n/messages/settlements';
import { readLocale } from '~/web/locale.server';
import { signedIn } from '~/web/page.server';
import { spreadsheetAnswer } from '~/web/spreadsheet.server';
import { signedClassHours } from './line-table';

/** One settlement as .xlsx. */
export const loader = signedIn(async ({ request, params, context, viewer }) => {
  const text = settlementMessages[readLocale(request)];
  const settlement = await exportSettlement(context.db, viewer, {
    classId: params.classId ?? '',
    number: Number(params.number),
    now: context.clock.now(),
  });
  const { fromDay, toDay, lines, minutesPerClassHour, creditedMs } = settlement;
  const figures = (credited: number, adjustment: number) => [
    credited,
    adjustment,
    credited + adjustment,
    formatExactMs(credited + adjustment),
    signedClassHours(credited + adjustment, minutesPerClassHour),
  ];
  return spreadsheetAnswer(`settlement-${fromDay}-${toDay}`, [
    {
      name: text.sheet,
      columns: [
        { title: text.id, width: 38, kind: 'text' },
        { title: text.learner, width: 16, kind: 'text' },
        { title: `${text.credited} (${text.milliseconds})`, width: 16, kind: 'number' },
        { title: `${text.adjustment} (${text.milliseconds})`, width: 18, kind: 'number' },
        { title: `${text.sum} (${text.milliseconds})`, width: 16, kind: 'number' },
        { title: text.exact, width: 16, kind: 'text' },
        { title: text.classHours, width: 10, kind: 'number' },
      ],
      rows: lines.map((line) => [
        line.personId,
        line.name,
        ...figures(line.creditedMs, line.adjustmentMs),
      ]),
      total: ['', text.total(lines.length), ...figures(creditedMs, sumOf(lines) - creditedMs)],
    },
  ]);
});
