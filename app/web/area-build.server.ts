import type { ServerBuild } from '@remix-run/node';

type Routes = Record<string, { parentId?: string; path?: string; index?: boolean } | undefined>;

/** The area that a path lies in, its first word: `learn` for /learn/classes and for /learn.data. */
export function areaOf(path: string): string {
  return /^\/([^/.]*)/.exec(path)?.[1] ?? '';
}

/** The areas of a sitemap. */
export function listAreas(routes: Routes): Set<string> {
  const areas = Object.keys(routes).map((id) => areaOf(addressOf(routes, id)));
  return new Set(areas.filter((area) => area !== '' && area !== '*'));
}

/** The ids of the routes that a path of the area can meet: its own and, for what is no address, "not found". */
export function routesOfArea(routes: Routes, area: string): Set<string> {
  const kept = new Set<string>();
  for (const id of Object.keys(routes)) {
    const address = addressOf(routes, id);
    const isHome = address === '/' && routes[id]?.index === true;
    if (![area, '*'].includes(areaOf(address)) && !isHome) continue;
    for (let at: string | undefined = id; at; at = routes[at]?.parentId) kept.add(at);
  }
  return kept;
}

/** The build for the requests of one area: Remix matches each against every route it is given, several times. */
export function narrowBuild(build: ServerBuild, area: string): ServerBuild {
  const kept = routesOfArea(build.routes, area);
  const only = <T>(routes: Record<string, T>) =>
    Object.fromEntries(Object.entries(routes).filter(([id]) => kept.has(id)));
  return {
    ...build,
    routes: only(build.routes),
    assets: { ...build.assets, routes: only(build.assets.routes) },
  };
}

function addressOf(routes: Routes, id: string): string {
  const { parentId, path } = routes[id] ?? {};
  const above = parentId ? addressOf(routes, parentId) : '/';
  if (!path) return above;
  return above === '/' ? `/${path}` : `${above}/${path}`;
}
