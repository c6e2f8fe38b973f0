import { useLoaderData } from '@remix-run/react';
import { countAppeals, listClassAppeals } from '~/domain/class-hours/list-appeals.server';
import { getManagedClass } from '~/domain/classes/get-managed-class.server';
import { useText } from '~/i18n/locale';
import { appealMessages } from '~/i18n/messages/appeals';
import { useMoment } from '~/i18n/moment';
import { pageTitle } from '~/i18n/page-title';
import { Badge } from '~/ui/badge';
import { EmptyState } from '~/ui/empty-state';
import { Link } from '~/ui/link';
import { Pager } from '~/ui/pager';
import { TableScroll } from '~/ui/table-scroll';
import { signedIn } from '~/web/page.server';
import styles from './appeals.module.css';

const PAGE = 50;

export const meta = pageTitle(appealMessages, (text) => text.title);

export const loader = signedIn(async ({ request, params, context, viewer }) => {
  const { db, settings } = context;
  const { id: classId } = await getManagedClass(db, viewer, params.classId ?? '');
  const { all } = await countAppeals(db, classId);
  const pages = Math.max(1, Math.ceil(all / PAGE));
  const asked = Number.parseInt(new URL(request.url).searchParams.get('page') ?? '1', 10) || 1;
  const page = Math.min(Math.max(1, asked), pages);
  const range = { limit: PAGE, offset: (page - 1) * PAGE };
  const appeals = await listClassAppeals(db, classId, range);
  return { appeals, page, pages, total: all, zone: settings.zone };
});

const TONES = { open: 'pending', accepted: 'done', declined: 'plain' } as const;

/** What learners of a class find counted wrong; those that wait come first. */
export default function Appeals() {
  const { appeals, page, pages, total, zone } = useLoaderData<typeof loader>();
  const messages = useText(appealMessages);
  const text = messages.list;
  const moment = useMoment(zone);
  if (appeals.length === 0) return <EmptyState title={text.empty}>{text.emptyText}</EmptyState>;
  return (
    <div className={styles.page}>
      <p className={styles.intro}>{text.intro}</p>
      <TableScroll label={messages.title} className={`card ${styles.table}`}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{text.learner}</th>
              <th scope="col">{text.lesson}</th>
              <th scope="col">{text.day}</th>
              <th scope="col">{text.text}</th>
              <th scope="col">{text.madeAt}</th>
              <th scope="col">{text.state}</th>
            </tr>
          </thead>
          <tbody>
            {appeals.map((appeal) => {
              const state = appeal.decision ?? 'open';
              return (
                <tr key={appeal.id}>
                  <th scope="row" className="nowrap">
                    <Link
                      to={appeal.id}
                      aria-label={text.answer(appeal.learnerName, appeal.lessonTitle)}
                    >
                      {appeal.learnerName}
                    </Link>
                  </th>
                  <td className={styles.lesson}>{appeal.lessonTitle}</td>
                  <td className="nowrap">{appeal.day ?? messages.wholeLesson}</td>
                  <td className={styles.words}>{appeal.text}</td>
                  <td className="nowrap">{moment(appeal.madeAt)}</td>
                  <td className="nowrap">
                    <Badge tone={TONES[state]}>{messages.states[state]}</Badge>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </TableScroll>
      <Pager page={page} pages={pages} total={total} />
    </div>
  );
}
