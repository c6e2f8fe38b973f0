import { useLoaderData } from '@remix-run/react';
import { dayAt } from '~/domain/class-hours/platform-day';
import { listRuleSets } from '~/domain/rule-sets/list-rule-sets.server';
import { useLocale, useText } from '~/i18n/locale';
import { ruleSetMessages } from '~/i18n/messages/rule-sets';
import { pageTitle } from '~/i18n/page-title';
import { Badge } from '~/ui/badge';
import { IconPlus } from '~/ui/icons';
import { Link } from '~/ui/link';
import { TableScroll } from '~/ui/table-scroll';
import { signedIn } from '~/web/page.server';
import styles from './rule-sets.module.css';

export const meta = pageTitle(ruleSetMessages, (text) => text.title);

export const loader = signedIn(async ({ context, viewer }) => {
  const { zone } = context.settings;
  const rows = await listRuleSets(context.db, viewer, dayAt(context.clock.now(), zone).day);
  return {
    administrator: viewer.administrator,
    rows: rows.map((row) => ({ ...row, publishedOn: dayAt(row.publishedAt, zone).day })),
  };
});

export default function RuleSetList() {
  const { administrator, rows } = useLoaderData<typeof loader>();
  const text = useText(ruleSetMessages);
  const locale = useLocale();
  return (
    <>
      <div className="page-title">
        <h1>{text.title}</h1>
        {administrator ? (
          <Link className="button" to="/manage/rule-sets/new">
            <IconPlus size={18} aria-hidden="true" />
            {text.list.add}
          </Link>
        ) : null}
      </div>
      <p className={`second ${styles.intro}`}>{text.intro}</p>
      <div className={`card ${styles.table}`}>
        <TableScroll label={text.title}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{text.list.name}</th>
                <th scope="col">{text.list.newest}</th>
                <th scope="col">{text.list.published}</th>
                <th scope="col" className="number">
                  {text.list.classes}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <th scope="row">
                    <span className={styles.named}>
                      <Link className={styles.strong} to={`/manage/rule-sets/${row.id}`}>
                        {locale === 'zh' ? row.name : row.nameEn}
                      </Link>
                      {row.sample ? <Badge tone="plain">{text.list.sample}</Badge> : null}
                    </span>
                  </th>
                  <td className="nowrap">{text.list.version(row.newest)}</td>
                  <td className="nowrap">{row.publishedOn}</td>
                  <td className="number">{row.classes}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      </div>
      {rows.some((row) => row.sample) ? (
        <p className={`small second ${styles.foot}`}>{text.list.sampleHint}</p>
      ) : null}
    </>
  );
}
