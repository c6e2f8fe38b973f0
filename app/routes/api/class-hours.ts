import { z } from 'zod';
import { GROUPINGS, filterSchema } from '~/domain/reports/class-hour-filter';
import { getClassHourScope } from '~/domain/reports/class-hour-scope.server';
import { reportClassHours } from '~/domain/reports/list-class-hour-totals.server';
import { readSnapshot } from '~/domain/reports/read-snapshot.server';
import { Invalid } from '~/domain/shared/errors';
import { check, notAllowed, signedInApi } from '~/web/api.server';

const PAGE = 100;
const PARAMETERS = ['by', 'from', 'to', 'classId', 'organizationId', 'cursor'];
const bySchema = z.object({ by: z.enum(GROUPINGS) });
const cursorSchema = z.tuple([z.enum(GROUPINGS), z.string().max(100)]);

/** GET /api/class-hours, a page of totals in the order of their keys; `total` is over all pages. */
export const loader = signedInApi(async ({ request, context, viewer }) => {
  const parameters = readParameters(new URL(request.url).searchParams);
  const { by } = check(bySchema, parameters);
  const { from, to, classId, organizationId } = check(filterSchema, parameters);
  const filter = { from, to, classId, organizationId };
  const after = parameters.cursor ? readCursor(parameters.cursor, by) : undefined;
  const scope = await getClassHourScope(context.db, viewer, filter);
  const { rows, total } = await readSnapshot(context.db, (db) =>
    reportClassHours(db, scope, filter, by, {
      order: 'key',
      limit: PAGE + 1,
      ...(after !== undefined && { after }),
    }),
  );
  const page = rows.slice(0, PAGE);
  const last = rows.length > PAGE ? page.at(-1) : undefined;
  const { learners, creditedMs, classHours } = total;
  return Response.json({
    rows: page,
    total: { learners, creditedMs, classHours },
    nextCursor: last ? writeCursor(by, last.key) : null,
  });
});

export const action = () => notAllowed('GET');

function readParameters(search: URLSearchParams): Record<string, string> {
  const twice = PARAMETERS.find((name) => search.getAll(name).length > 1);
  if (twice) throw new Invalid([{ pointer: `/${twice}`, message: 'is given more than once' }]);
  const given = PARAMETERS.map((name) => [name, search.get(name) ?? ''] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== ''));
}

const writeCursor = (by: string, key: string) =>
  Buffer.from(JSON.stringify([by, key])).toString('base64url');

function readCursor(text: string, by: string): string {
  const nonsense = new Invalid([{ pointer: '/cursor', message: 'is no cursor of this list' }]);
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw nonsense;
  }
  const parsed = cursorSchema.safeParse(value);
  if (!parsed.success || parsed.data[0] !== by) throw nonsense;
  return parsed.data[1];
}
