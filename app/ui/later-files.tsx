import { useMatches } from '@remix-run/react';

/** Files that a page needs soon, though not to be read. */
export interface LaterFiles {
  scripts: readonly string[];
  styles: readonly string[];
}

/**
 * What the loader of a page names as `laterFiles`, to be fetched behind everything that makes the page itself: at the
 * end of the document, since a browser hands out its few connections in that order.
 */
export function LaterFiles() {
  const files = useMatches().flatMap(({ data }) => {
    const later = (data as { laterFiles?: LaterFiles } | null | undefined)?.laterFiles;
    return later ? [later] : [];
  });
  // React 18 does not know the attribute in its own spelling.
  const last = { fetchpriority: 'low' };
  return files.flatMap(({ scripts, styles }) => [
    ...scripts.map((href) => <link key={href} rel="modulepreload" href={href} {...last} />),
    ...styles.map((href) => <link key={href} rel="preload" as="style" href={href} {...last} />),
  ]);
}
