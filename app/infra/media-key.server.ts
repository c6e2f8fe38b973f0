const SAFE_KEY =
  /^[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9]+)*(\/[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9]+)*)*$/;

/** The key itself; throws for anything but plain names joined by slashes. */
export function requireKey(key: string): string {
  if (!SAFE_KEY.test(key)) throw new Error(`not a media key: ${JSON.stringify(key)}`);
  return key;
}
