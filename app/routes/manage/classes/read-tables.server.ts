import { z } from 'zod';
import { CLASS_ORDERS } from '~/domain/classes/class-table';
import { LEARNER_FILTERS, LEARNER_ORDERS } from '~/domain/classes/learner-table';

const text = z.string().max(100).catch('');
const paging = { dir: z.enum(['asc', 'desc']).catch('asc') };
const pageSchema = z.coerce.number().int().min(1).max(100_000).catch(1);

const classTable = z.object({
  search: text,
  state: z.enum(['preparing', 'running', 'ended', '']).catch(''),
  organizationId: text,
  sort: z.enum(CLASS_ORDERS).catch('state'),
  ...paging,
});

/** The view of the list of classes that a URL asks for; what makes no sense is left out. */
export function readClassTable(search: URLSearchParams) {
  const { sort, dir, ...table } = classTable.parse(Object.fromEntries(search));
  return {
    table: { ...table, order: sort, descending: dir === 'desc' },
    page: pageSchema.parse(search.get('page') ?? 1),
  };
}

const learnerTable = z.object({
  filter: z.enum(LEARNER_FILTERS).catch('in-class'),
  search: text,
  sort: z.enum(LEARNER_ORDERS).catch('behind'),
  ...paging,
});

/** The view of a class's learners that a URL asks for; what makes no sense is left out. */
export function readLearnerTable(search: URLSearchParams) {
  const { sort, dir, ...table } = learnerTable.parse(Object.fromEntries(search));
  return {
    table: { ...table, order: sort, descending: dir === 'desc' },
    page: pageSchema.parse(search.get('page') ?? 1),
  };
}
