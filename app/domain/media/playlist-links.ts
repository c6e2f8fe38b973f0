const MAP_URI = /^(#EXT-X-MAP:.*URI=")([^"]+)(".*)$/;

/** The files a media playlist names, each once, in its order. */
export function listPlaylistFiles(playlist: string): string[] {
  const names = new Set<string>();
  linkPlaylist(playlist, (name) => {
    names.add(name);
    return name;
  });
  return [...names];
}

/** The media playlist with each file it names (RFC 8216, 4.3: segments and EXT-X-MAP) at `address(name)`. */
export function linkPlaylist(playlist: string, address: (name: string) => string): string {
  return playlist
    .split('\n')
    .map((line) => {
      if (line.startsWith('#')) {
        return line.replace(
          MAP_URI,
          (_line, before: string, name: string, after: string) => before + address(name) + after,
        );
      }
      return line.trim() === '' ? line : address(line.trim());
    })
    .join('\n');
}
