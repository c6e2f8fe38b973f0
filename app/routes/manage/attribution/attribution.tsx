import { data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { reportAttribution } from '~/domain/reports/report-attribution.server';
import { useText } from '~/i18n/locale';
import { attributionMessages } from '~/i18n/messages/attribution';
import { pageTitle } from '~/i18n/page-title';
import { EmptyState } from '~/ui/empty-state';
import { Link } from '~/ui/link';
import { Pager } from '~/ui/pager';
import { signedIn } from '~/web/page.server';
import { AttributionFilters } from './attribution-filters';
import { AttributionTable } from './attribution-table';
import styles from './attribution.module.css';
import { readAttribution } from './read-attribution.server';

const PAGE = 50;

export const meta = pageTitle(attributionMessages, (text) => text.title);

export const loader = signedIn(async ({ request, context, viewer }) => {
  const view = readAttribution(new URL(request.url).searchParams);
  const { zone } = context.settings;
  const { rows, ...report } = await reportAttribution(context.db, viewer, { ...view, zone });
  const page = rows.slice((view.page - 1) * PAGE, view.page * PAGE);
  return data(
    { view, ...report, rows: page, count: rows.length, pages: Math.ceil(rows.length / PAGE) },
    { status: view.wrongDays ? 422 : 200 },
  );
});

export type AttributionData = ReturnType<typeof useLoaderData<typeof loader>>;

export default function Attribution() {
  const report = useLoaderData<typeof loader>();
  const text = useText(attributionMessages);
  return (
    <>
      <div className="page-title">
        <h1>{text.title}</h1>
        <p className="small second">{text.lead}</p>
      </div>
      <AttributionFilters report={report} />
      {report.rows.length === 0 ? (
        <EmptyState
          drawing="caliper"
          title={text.empty}
          actions={
            <Link className="button outlined" to="?">
              {text.clear}
            </Link>
          }
        >
          {text.emptyText}
        </EmptyState>
      ) : (
        <>
          <AttributionTable report={report} />
          <Pager page={report.view.page} pages={report.pages} total={report.count} />
          <p className={`small second ${styles.note}`}>{text.rounding}</p>
        </>
      )}
    </>
  );
}
