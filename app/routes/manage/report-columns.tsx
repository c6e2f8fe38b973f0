import { IconArrowDown, IconArrowUp } from '~/ui/icons';
import { Link } from '~/ui/link';
import { reportQuery } from './report-query';
import styles from './class-hours/class-hours.module.css';

/** The head of a column by which a report can be sorted: again turns the order round. */
export function SortLink<Order extends string>(props: {
  view: { by: string; filter: object; order: Order; descending: boolean };
  order: Order;
  label: string;
  sortedBy: (label: string) => string;
}) {
  const { view, order, label, sortedBy } = props;
  const current = view.order === order;
  const dir = current && view.descending ? 'asc' : 'desc';
  const Icon = view.descending ? IconArrowDown : IconArrowUp;
  return (
    <Link
      className={styles.sort}
      to={`?${reportQuery(view, { sort: order, dir })}`}
      aria-label={sortedBy(label)}
    >
      {label}
      {current ? <Icon size={14} aria-hidden="true" /> : null}
    </Link>
  );
}

/** A row's share of the total in words and as a bar, which is full for the largest share. */
export function ShareCells({ share, largest }: { share: number; largest: number }) {
  return (
    <>
      <td className={`number ${styles.percent}`}>{(share * 100).toFixed(1)}%</td>
      <td className={styles.barCell}>
        <span
          className={styles.shareBar}
          style={{ width: `${largest > 0 ? (share / largest) * 100 : 0}%` }}
        />
      </td>
    </>
  );
}
