import { useLoaderData, useOutletContext } from '@remix-run/react';
import { listRevisions } from '~/domain/revisions/list-revisions.server';
import { useText } from '~/i18n/locale';
import { revisionMessages } from '~/i18n/messages/revisions';
import { useMoment } from '~/i18n/moment';
import { Badge } from '~/ui/badge';
import { Link } from '~/ui/link';
import { OrganizationMark } from '~/ui/organization-mark';
import { Pager } from '~/ui/pager';
import { signedIn } from '~/web/page.server';
import type { EditorContext } from './editor';
import editorStyles from './editor.module.css';
import styles from './history.module.css';

const PAGE = 50;

export const loader = signedIn(async ({ request, params, context, viewer }) => {
  const search = new URL(request.url).searchParams;
  const lessonId = search.get('lesson') ?? undefined;
  const page = Math.max(1, Math.trunc(Number(search.get('page')) || 1));
  const { rows, total } = await listRevisions(context.db, viewer, {
    courseId: params.courseId ?? '',
    ...(lessonId ? { lessonId } : {}),
    limit: PAGE,
    offset: (page - 1) * PAGE,
  });
  return { rows, total, page, pages: Math.ceil(total / PAGE), lessonId };
});

export default function History() {
  const { rows, total, page, pages, lessonId } = useLoaderData<typeof loader>();
  const { editor } = useOutletContext<EditorContext>();
  const text = useText(revisionMessages);
  const moment = useMoment(editor.zone);
  const base = `/teach/courses/${editor.courseId}/history`;
  const shown = rows[0]?.title ?? '';
  return (
    <>
      <h1 className={editorStyles.title}>{lessonId ? text.ofLesson(shown) : text.title}</h1>
      <div className="stack">
        <p className="second">{text.lead}</p>
        {lessonId ? (
          <div>
            <Link to={base}>{text.showAll}</Link>
          </div>
        ) : null}
        {rows.length === 0 ? <p>{text.empty}</p> : null}
        <ol className={`plain ${styles.list}`}>
          {rows.map((row) => {
            const title = row.lessonId === null ? text.outline : row.title;
            const when = text.span(moment(row.begunAt), moment(row.endedAt));
            return (
              <li key={row.id} className={styles.row}>
                {row.organization ? (
                  <OrganizationMark organization={row.organization} size={22} />
                ) : null}
                <div className={styles.what}>
                  <b>{title}</b>
                  {row.name === null ? null : <Badge tone="done">{text.named(row.name)}</Badge>}
                  <span className="second small">
                    {text.by(row.personName, row.organization?.name)}
                    {row.suggestedBy.length > 0 ? ` · ${text.suggested(row.suggestedBy)}` : null}
                    {' · '}
                    {when}
                  </span>
                </div>
                <Link to={`${base}/${row.id}`} aria-label={text.openNamed(title, when)}>
                  {text.open}
                </Link>
              </li>
            );
          })}
        </ol>
        <Pager page={page} pages={pages} total={total} />
      </div>
    </>
  );
}
