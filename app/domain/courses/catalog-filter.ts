import { z } from 'zod';

const word = z.string().trim().max(60).catch('');

/** The catalog's filters as its URL carries them; what makes no sense is left out. */
export const catalogFilter = z.object({
  q: word,
  occupation: word,
  level: word,
  organization: word,
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});
export type CatalogFilter = z.output<typeof catalogFilter>;

export const CATALOG_PAGE = 24;
