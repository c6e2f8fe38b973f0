import { useMemo } from 'react';

/** Writes a moment (ms UTC) as day and time of the zone, `2026-11-22 14:20`, alike on server and browser. */
export function useMoment(zone: string): (moment: number) => string {
  return useMemo(() => {
    const format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    return (moment) => {
      const parts = Object.fromEntries(
        format.formatToParts(moment).map((part) => [part.type, part.value]),
      );
      return `${parts.year}-${parts.month}-${parts.day} ${parts.hour}:${parts.minute}`;
    };
  }, [zone]);
}
