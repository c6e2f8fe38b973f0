import type { Access, AccessSamples } from './access/cells';

/** The address of a line's sample: parameters by the line, else by the samples' names. */
export function addressOf(
  row: Access,
  given: AccessSamples,
  more: Record<string, string> = {},
): string {
  const values: Record<string, unknown> = { ...given, ...row.params?.(given), ...more };
  const path = row.path.replace(/:(\w+)|\*/g, (name, param?: string) => {
    const value = values[param ?? '*'];
    if (typeof value !== 'string') throw new Error(`${row.path}: no sample for ${name}`);
    return value;
  });
  return path + (row.search?.(given) ?? '');
}
