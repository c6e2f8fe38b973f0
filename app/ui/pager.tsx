import { useSearchParams } from '@remix-run/react';
import { useText } from '~/i18n/locale';
import { shellMessages } from '~/i18n/messages/shell';
import { IconChevronLeft, IconChevronRight } from './icons';
import { Link } from './link';

/** Pages of a list by the query parameter `page` (from 1); every other filter in the URL stays. */
export function Pager(props: { page: number; pages: number; total: number }) {
  const [search] = useSearchParams();
  const text = useText(shellMessages).pager;
  if (props.pages <= 1) return null;
  const to = (page: number) => {
    const next = new URLSearchParams(search);
    next.set('page', String(page));
    return `?${next.toString()}`;
  };
  return (
    <nav className="pager" aria-label={text.label}>
      <span className="small second">{text.position(props.page, props.pages, props.total)}</span>
      <span className="row">
        {props.page > 1 ? (
          <Link className="button outlined" to={to(props.page - 1)} rel="prev">
            <IconChevronLeft size={18} aria-hidden="true" />
            {text.previous}
          </Link>
        ) : null}
        {props.page < props.pages ? (
          <Link className="button outlined" to={to(props.page + 1)} rel="next">
            {text.next}
            <IconChevronRight size={18} aria-hidden="true" />
          </Link>
        ) : null}
      </span>
    </nav>
  );
}
