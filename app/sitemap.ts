import type { RouteConfigEntry } from '@remix-run/route-config';

/** One address of the sitemap, with the file that answers it. */
export interface SitemapEntry {
  /** Such as /learn/classes/:enrollmentId */
  path: string;
  file: string;
}

/** Every address of a route config, layouts folded into their children. */
export function flattenRoutes(entries: readonly RouteConfigEntry[], above = ''): SitemapEntry[] {
  return entries.flatMap((entry) => {
    const path = entry.path === undefined ? above : `${above}/${entry.path}`;
    if (entry.children) return flattenRoutes(entry.children, path);
    return [{ path: path === '' ? '/' : path, file: entry.file }];
  });
}
