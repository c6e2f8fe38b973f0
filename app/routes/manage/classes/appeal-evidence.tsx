import { useLoaderData } from '@remix-run/react';
import { formatExact } from '~/domain/class-hours/figures';
import { useText } from '~/i18n/locale';
import { appealMessages } from '~/i18n/messages/appeals';
import { Link } from '~/ui/link';
import { Pager } from '~/ui/pager';
import { PlayTable } from '../class-hours/play-table';
import type { loader } from './appeal';
import { signedExact } from './signed-exact';
import styles from './appeals.module.css';

/** What is stored about the day an appeal is about, or the whole lesson: plays, refusals, decisions. */
export function AppealEvidence() {
  const { appeal, plays, figures, pages, bounds, zone } = useLoaderData<typeof loader>();
  const text = useText(appealMessages).desk;
  const oneDay = appeal.day !== null;
  return (
    <section className={styles.part}>
      <h3>{oneDay ? text.evidence : text.evidenceAll}</h3>
      <dl className={styles.figures}>
        <div>
          <dt>{text.spent}</dt>
          <dd>{formatExact(figures.spentMs)}</dd>
        </div>
        <div>
          <dt>{text.credited}</dt>
          <dd>
            {figures.creditedMs < 0
              ? signedExact(figures.creditedMs)
              : formatExact(figures.creditedMs)}
          </dd>
        </div>
        <div className={styles.uncounted}>
          <dt>{text.uncounted}</dt>
          <dd>{formatExact(figures.uncountedMs)}</dd>
        </div>
        <div>
          <dt>{text.lesson}</dt>
          <dd>{formatExact(bounds.lessonMs)}</dd>
        </div>
        <div>
          <dt>{text.length}</dt>
          <dd>{formatExact(bounds.lengthMs)}</dd>
        </div>
      </dl>
      {plays.length === 0 ? (
        <p className="second">{oneDay ? text.evidenceNone : text.evidenceNoneAll}</p>
      ) : (
        <PlayTable plays={plays} zone={zone} />
      )}
      <Pager {...pages} />
      <p>
        <Link
          to={`/manage/class-hours/enrollments/${appeal.enrollmentId}/lessons/${appeal.lessonId}`}
        >
          {text.more}
        </Link>
      </p>
    </section>
  );
}
