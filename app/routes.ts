import { index, route, type RouteConfig } from '@remix-run/route-config';

/** The sitemap: URL -> file, grouped by who uses it. */
export default [
  // Everybody
  index('routes/home.tsx'),
  route('sign-in', 'routes/account/sign-in.tsx'),
  route('sign-out', 'routes/account/sign-out.tsx'),
  route('locale', 'routes/account/locale.tsx'),

  // Programs
  route('api/session', 'routes/api/session.ts'),
  route('api/me', 'routes/api/me.ts'),
  route('api/*', 'routes/api/not-found.ts'),

  route('*', 'routes/not-found.tsx'),
] satisfies RouteConfig;
