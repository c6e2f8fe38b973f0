/** By the path of a file: what follows the `?` of the link that replaced the one a player still knows. */
const queries = new Map<string, string>();
/** By playlist: being asked for anew. */
const asked = new Map<string, Promise<void>>();

/** The link as it opens by now, as far as is known. */
export function linked(link: string): string {
  const url = new URL(link, location.href);
  url.search = queries.get(url.pathname) ?? url.search;
  return url.href;
}

/**
 * A fresh link in place of one of `linked` that was refused, from the playlist beside the file; undefined where there
 * is none, such as after signing out. A player loads a playlist once, and the page may sleep for longer than its links
 * live.
 */
export async function freshLink(refused: string): Promise<string | undefined> {
  if (linked(refused) === refused) {
    const playlist = new URL('index.m3u8', refused).href;
    const asking = asked.get(playlist) ?? renew(playlist);
    asked.set(playlist, asking);
    await asking.finally(() => asked.delete(playlist));
  }
  const fresh = linked(refused);
  return fresh === refused ? undefined : fresh;
}

async function renew(playlist: string): Promise<void> {
  // Its old copy may be in the browser's cache.
  const answer = await fetch(playlist, { cache: 'reload' }).catch(() => undefined);
  if (!answer?.ok) return;
  for (const line of (await answer.text()).split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const { pathname, search } = new URL(line, playlist);
    queries.set(pathname, search);
  }
}
