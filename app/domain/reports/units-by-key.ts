/** Credit in classes whose class hours are that long. */
export interface Unit {
  creditedMs: number;
  minutesPerClassHour: number;
}

/** What one key is credited, and in which units. */
export interface KeyTotals {
  key: string;
  creditedMs: number;
  units: Unit[];
}

/** Joins the parts of each key, one for each unit that has credit; keys whose parts make nothing are kept. */
export function unitsByKey(parts: readonly (Unit & { key: string })[]): Map<string, KeyTotals> {
  const keys = new Map<string, KeyTotals>();
  for (const { key, minutesPerClassHour, creditedMs } of parts) {
    const total = keys.get(key) ?? { key, creditedMs: 0, units: [] };
    keys.set(key, total);
    total.creditedMs += Number(creditedMs);
    const unit = total.units.find((one) => one.minutesPerClassHour === minutesPerClassHour);
    if (unit) unit.creditedMs += Number(creditedMs);
    else total.units.push({ minutesPerClassHour, creditedMs: Number(creditedMs) });
  }
  for (const total of keys.values()) {
    total.units = total.units.filter((unit) => unit.creditedMs !== 0);
  }
  return keys;
}
