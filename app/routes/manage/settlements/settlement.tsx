import { useLoaderData } from '@remix-run/react';
import { getManagedClass } from '~/domain/classes/get-managed-class.server';
import { getSettlement } from '~/domain/settlements/get-settlement.server';
import { useText } from '~/i18n/locale';
import { settlementMessages } from '~/i18n/messages/settlements';
import { useMoment } from '~/i18n/moment';
import { pageTitle } from '~/i18n/page-title';
import { Link } from '~/ui/link';
import { signedIn } from '~/web/page.server';
import { LineTable } from './line-table';
import styles from './settlements.module.css';

export const meta = pageTitle(settlementMessages, (text) => text.title);

export const loader = signedIn(async ({ params, context, viewer }) => {
  const { db, settings } = context;
  const trainingClass = await getManagedClass(db, viewer, params.classId ?? '');
  const settlement = await getSettlement(db, trainingClass.id, Number(params.number));
  return { settlement, classId: trainingClass.id, zone: settings.zone };
});

/** One settlement: what was written then, to be printed or exported. */
export default function SettlementPage() {
  const { settlement, classId, zone } = useLoaderData<typeof loader>();
  const text = useText(settlementMessages);
  const moment = useMoment(zone);
  const base = `/manage/classes/${classId}/settlements`;
  return (
    <section className={`card ${styles.part} ${styles.sheet}`}>
      <p className={`small ${styles.back}`}>
        <Link to={base}>{text.back}</Link>
      </p>
      <div className={styles.heading}>
        <h2>
          <span className="nowrap">{text.one(settlement.number)}</span>{' '}
          <span className="nowrap">{text.period(settlement.fromDay, settlement.toDay)}</span>
        </h2>
        <div className={styles.actions}>
          <button type="button" className="button text" onClick={() => window.print()}>
            {text.print}
          </button>
          <a className="button outlined" href={`${base}/${settlement.number}/export`} download>
            {text.export(settlement.lines.length)}
          </a>
        </div>
      </div>
      <p className={styles.facts}>
        <span>
          {text.settledBy} {settlement.settledBy}
        </span>
        <span>
          {text.settledAt} {moment(settlement.settledAt)}
        </span>
        {settlement.note ? <span>{settlement.note}</span> : null}
      </p>
      <LineTable lines={settlement.lines} minutesPerClassHour={settlement.minutesPerClassHour} />
    </section>
  );
}
