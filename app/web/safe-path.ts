/** A path of ours to go on to, or `/`: never another site. */
export function safePath(to: unknown): string {
  return typeof to === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(to) ? to : '/';
}
