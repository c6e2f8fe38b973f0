import type { ReactNode } from 'react';

/** Never "no data": a drawing (kite: nothing yet; caliper: nothing matches), what is so, what to do next. */
export function EmptyState(props: {
  drawing?: 'kite' | 'caliper';
  title: string;
  children: ReactNode;
  /** Buttons or links; the first one solid. */
  actions?: ReactNode;
}) {
  return (
    <section className="empty-state">
      <img src={`/art/empty-${props.drawing ?? 'kite'}.svg`} alt="" width="160" height="75" />
      <h2>{props.title}</h2>
      <p className="second">{props.children}</p>
      {props.actions ? <div className="actions">{props.actions}</div> : null}
    </section>
  );
}
