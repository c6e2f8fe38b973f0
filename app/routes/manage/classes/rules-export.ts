import { formatExact } from '~/domain/class-hours/figures';
import { exportRecount } from '~/domain/rule-sets/export-recount.server';
import { classRulesMessages } from '~/i18n/messages/class-rules';
import { classMessages } from '~/i18n/messages/classes';
import { readLocale } from '~/web/locale.server';
import { signedIn } from '~/web/page.server';
import { spreadsheetAnswer } from '~/web/spreadsheet.server';
import { signedExact } from './signed-exact';

/** What other rules make, or made, of each learner of a class, as .xlsx. */
export const loader = signedIn(async ({ request, params, context, viewer }) => {
  const locale = readLocale(request);
  const messages = classRulesMessages[locale];
  const text = messages.result;
  const { recount, rows } = await exportRecount(context.db, viewer, {
    classId: params.classId ?? '',
    recountId: new URL(request.url).searchParams.get('recount') ?? '',
    now: context.clock.now(),
  });
  const { beforeMs, afterMs, elsewhereMs } = recount.sums;
  const name = locale === 'zh' ? recount.name : recount.nameEn;
  const applied = recount.state === 'applied' || recount.state === 'applying';
  return spreadsheetAnswer(`rules-from-${recount.fromDay}`, [
    {
      name: text.sheet,
      columns: [
        { title: text.id, width: 38, kind: 'text' },
        { title: text.name, width: 16, kind: 'text' },
        { title: text.status, width: 10, kind: 'text' },
        { title: text.before, width: 12, kind: 'text' },
        { title: text.after, width: 12, kind: 'text' },
        { title: text.change, width: 12, kind: 'text' },
        { title: text.beforeMs, width: 16, kind: 'number' },
        { title: text.afterMs, width: 16, kind: 'number' },
        { title: text.changeMs, width: 16, kind: 'number' },
        { title: text.elsewhereMs, width: 16, kind: 'number' },
      ],
      rows: rows.map((row) => [
        row.personId,
        row.name,
        classMessages[locale].statuses[row.status],
        ...figures(row),
      ]),
      total: ['', text.total, '', ...figures({ beforeMs, afterMs, elsewhereMs })],
    },
    {
      name: text.condition,
      columns: [
        { title: text.condition, width: 16, kind: 'text' },
        { title: text.value, width: 60, kind: 'text' },
      ],
      rows: [
        [text.rules, `${name} ${messages.version(recount.version)}`],
        [text.fromDay, recount.fromDay],
        [text.state, applied ? text.states.applied : text.states.asked],
      ],
    },
  ]);
});

function figures(one: { beforeMs: number; afterMs: number; elsewhereMs: number }) {
  const { beforeMs, afterMs } = one;
  const exact = [formatExact(beforeMs), formatExact(afterMs), signedExact(afterMs - beforeMs)];
  return [...exact, beforeMs, afterMs, afterMs - beforeMs, one.elsewhereMs];
}
