import type { Db, Trx } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { NotFound } from '../shared/errors';
import {
  addUpWork,
  orderAttribution,
  type AttributedBy,
  type AttributionFigures,
  type AttributionFilter,
  type AttributionOrder,
  type AttributionRow,
  type Work,
} from './attribution';
import { listWork } from './list-work.server';

export interface AttributionQuestion {
  by: AttributedBy;
  filter: AttributionFilter;
  order: AttributionOrder;
  descending: boolean;
  zone: string;
}

export interface AttributionReport {
  rows: AttributionRow[];
  total: AttributionFigures;
  /** What there is to choose from within the days asked for. */
  organizations: Named[];
  courses: Named[];
}

interface Named {
  id: string;
  name: string;
}

/**
 * Who produced how much of what was published, all rows in order with their total. NotFound where the filter names
 * an organization or course of which the person sees nothing at any time; else throws what `listWork` throws.
 */
export async function reportAttribution(
  db: Db | Trx,
  viewer: Viewer,
  { by, filter, order, descending, zone }: AttributionQuestion,
): Promise<AttributionReport> {
  const { organizationId, courseId, ...days } = filter;
  const all = await listWork(db, viewer, {}, zone);
  const knows = (key: 'organizationId' | 'courseId', id: string | undefined) =>
    id === undefined || all.some((work) => work[key] === id);
  if (!knows('organizationId', organizationId) || !knows('courseId', courseId)) {
    throw new NotFound();
  }
  const within = days.from || days.to ? await listWork(db, viewer, days, zone) : all;
  const asked = within.filter(
    (work) =>
      (organizationId === undefined || work.organizationId === organizationId) &&
      (courseId === undefined || work.courseId === courseId),
  );
  const { rows, total } = addUpWork(asked, by);
  return {
    rows: orderAttribution(rows, order, descending),
    total,
    organizations: named(all, (work) => ({ id: work.organizationId, name: work.organizationName })),
    courses: named(all, (work) => ({ id: work.courseId, name: work.courseTitle })),
  };
}

function named(work: readonly Work[], of: (work: Work) => Named): Named[] {
  const found = new Map(work.map(of).map((one) => [one.id, one]));
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
