import type { ReactNode } from 'react';

const reachable = { tabIndex: 0 };

/** Lets a wide table scroll by itself on a narrow screen, by keyboard too; `label` names it. */
export function TableScroll(props: { label: string; className?: string; children: ReactNode }) {
  return (
    <div
      className={props.className ? `table-scroll ${props.className}` : 'table-scroll'}
      role="region"
      aria-label={props.label}
      {...reachable}
    >
      {props.children}
    </div>
  );
}
