import { z } from 'zod';
import {
  ATTRIBUTION_ORDERS,
  ATTRIBUTIONS,
  attributionFilter,
  type AttributedBy,
  type AttributionFilter,
  type AttributionOrder,
} from '~/domain/reports/attribution';

export interface AttributionRequest {
  by: AttributedBy;
  filter: AttributionFilter;
  order: AttributionOrder;
  descending: boolean;
  page: number;
  /** The days typed make no sense and were left out. */
  wrongDays: boolean;
}

/** Reads the view out of the page's URL; what makes no sense is left out. */
export function readAttribution(search: URLSearchParams): AttributionRequest {
  const given = Object.fromEntries(search);
  const parsed = attributionFilter.safeParse(given);
  const { from: _from, to: _to, ...rest } = given;
  const order = z.enum(ATTRIBUTION_ORDERS).catch('recorded').parse(given.sort);
  return {
    by: z.enum(ATTRIBUTIONS).catch('organization').parse(given.by),
    filter: parsed.success ? parsed.data : attributionFilter.catch({}).parse(rest),
    order,
    descending: given.dir ? given.dir === 'desc' : order !== 'name',
    page: z.coerce.number().int().min(1).max(100_000).catch(1).parse(given.page),
    wrongDays: !parsed.success,
  };
}
