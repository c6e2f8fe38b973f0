import { Link as RouterLink, NavLink as RouterNavLink } from '@remix-run/react';
import { renderToStaticMarkup } from 'react-dom/server';
import { MemoryRouter } from 'react-router-dom';
import { expect, test } from 'vitest';
import { Link, NavLink } from './link';

const PLACES = ['/', '/learn', '/learn/', '/learn/classes', '/learning', '/Learn'];
const ADDRESSES = [
  '/',
  '/learn',
  '/learn?by=day',
  '/learn#foot',
  '/learn/classes/a%20b',
  '?page=2',
  '..',
  'x',
];

/** The same element for the same attributes in another order. */
function sorted(html: string): string[] {
  const [tag = '', rest = ''] = html.split(/(?<=^<a[^>]*>)/);
  return [...(tag.match(/[\w-]+="[^"]*"/g) ?? []).sort(), rest];
}

const shown = (place: string, link: React.ReactNode) =>
  sorted(renderToStaticMarkup(<MemoryRouter initialEntries={[place]}>{link}</MemoryRouter>));

test.each(ADDRESSES)('a link to %s is written as the router writes it', (to) => {
  for (const place of PLACES) {
    const props = { to, className: 'button', 'aria-label': '去' };
    expect(shown(place, <Link {...props}>去</Link>)).toEqual(
      shown(place, <RouterLink {...props}>去</RouterLink>),
    );
    expect(shown(place, <Link to={to} state={{ from: 1 }} />)).toEqual(
      shown(place, <RouterLink to={to} state={{ from: 1 }} />),
    );
  }
});

test.each(ADDRESSES)('a tab to %s knows when it is shown', (to) => {
  for (const place of PLACES) {
    for (const props of [{ to }, { to, end: true }, { to, className: 'tab' }]) {
      expect(shown(place, <NavLink {...props}>去</NavLink>)).toEqual(
        shown(place, <RouterNavLink {...props}>去</RouterNavLink>),
      );
    }
  }
});
