import { exportClassSignals } from '~/domain/signals/export-class-signals.server';
import { signalFilterSchema } from '~/domain/signals/signal-filter';
import { signalMessages } from '~/i18n/messages/signals';
import { readLocale } from '~/web/locale.server';
import { signedIn } from '~/web/page.server';
import { spreadsheetAnswer } from '~/web/spreadsheet.server';
import { signalSentence } from './signal-sentence';

/** What is worth a look in a class, as filtered on the page, all rows of it, as .xlsx. */
export const loader = signedIn(async ({ request, params, context, viewer }) => {
  const locale = readLocale(request);
  const text = signalMessages[locale];
  const filter = signalFilterSchema.parse(Object.fromEntries(new URL(request.url).searchParams));
  const { trainingClass, signals } = await exportClassSignals(context.db, viewer, {
    classId: params.classId ?? '',
    filter,
    now: context.clock.now(),
  });
  const { columns } = text;
  return spreadsheetAnswer(`signals-${trainingClass.startsOn}`, [
    {
      name: text.sheet,
      columns: [
        { title: columns.learner, width: 16, kind: 'text' },
        { title: columns.kind, width: 18, kind: 'text' },
        { title: columns.day, width: 12, kind: 'text' },
        { title: columns.what, width: 80, kind: 'text' },
        { title: columns.lessons, width: 40, kind: 'text' },
        { title: columns.notedBy, width: 14, kind: 'text' },
        { title: columns.notedAt, width: 26, kind: 'text' },
        { title: columns.found, width: 50, kind: 'text' },
      ],
      rows: signals.map((signal) => {
        const [note] = signal.notes;
        return [
          signal.name,
          text.kinds[signal.evidence.kind],
          signal.day,
          signalSentence(signal, locale, context.settings.zone),
          signal.lessons.map(({ title }) => title).join(text.says.list),
          note?.notedBy ?? '',
          note ? new Date(note.notedAt).toISOString() : '',
          note?.found ?? '',
        ];
      }),
    },
  ]);
});
