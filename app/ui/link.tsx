import {
  Link as RouterLink,
  NavLink as RouterNavLink,
  useLocation,
  type LinkProps,
  type NavLinkProps,
} from '@remix-run/react';
import { forwardRef } from 'react';

// The router resolves each link four times against all routes above it: a tenth of what a page costs the
// server. An address from the root needs none of it. A browser always gets the router's own link.
const WITHOUT_ROUTER = /^(to|end|className|style|children|id|title|(aria|data)-.*)$/;

function addressFromRoot(props: LinkProps | NavLinkProps): string | undefined {
  const { to } = props;
  if (!import.meta.env.SSR || typeof to !== 'string' || !/^\/(?!\/)/.test(to)) return undefined;
  return Object.keys(props).every((name) => WITHOUT_ROUTER.test(name)) ? to : undefined;
}

/** The router's link; on the server, where that makes no difference, written without the router. */
export const Link = forwardRef<HTMLAnchorElement, LinkProps>(function Link(props, ref) {
  const href = addressFromRoot(props);
  if (href === undefined) return <RouterLink {...props} ref={ref} />;
  const { to: _to, children, ...rest } = props;
  return (
    <a {...rest} data-discover="true" href={href}>
      {children}
    </a>
  );
});

type TabProps = NavLinkProps & { className?: string; style?: never; children?: React.ReactNode };

/** The same for a link that tells whether its page, or one below it, is the one shown. */
export const NavLink = forwardRef<HTMLAnchorElement, TabProps>(function NavLink(props, ref) {
  const { pathname } = useLocation();
  const href = addressFromRoot(props);
  if (href === undefined || /[?#]/.test(href)) return <RouterNavLink {...props} ref={ref} />;
  const { to: _to, end = false, className, children, ...rest } = props;
  const [shown, own] = [pathname.toLowerCase(), href.toLowerCase()];
  const here = shown === own || (!end && shown.startsWith(`${own}/`));
  const classes = [className, here ? 'active' : undefined].filter(Boolean).join(' ');
  return (
    <a
      {...rest}
      aria-current={here ? 'page' : undefined}
      className={classes}
      data-discover="true"
      href={href}
    >
      {children}
    </a>
  );
});
