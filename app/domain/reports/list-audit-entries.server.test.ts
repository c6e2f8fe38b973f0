import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { openTestDatabase } from '~db/testing.server';
import { givenOrganization, givenPerson } from '../accounts/testing-people.server';
import { auditFilterSchema } from '../audit/audit-filter';
import { recordAudit } from '../audit/record-audit.server';
import { listAuditEntries } from './list-audit-entries.server';

const noon = Date.parse('2026-11-22T04:00:00Z');
let client: DatabaseClient;
let haidai: string;

const list = async (filter: Record<string, string>, limit = 50) =>
  listAuditEntries(client.db, auditFilterSchema.parse({ actor: '', ...filter }), {
    zone: 'Asia/Shanghai',
    limit,
  });

beforeAll(async () => {
  client = await openTestDatabase();
  haidai = await givenOrganization(client.db, { name: '海岱动力', shortCode: 'hddl' });
  const liu = await givenPerson(client.db, { name: '刘主任', login: 'liu' });
  const sun = await givenPerson(client.db, { name: '孙立明', login: 'sun' });
  const about = { organizationId: haidai, subjectType: 'person', subjectId: sun };
  const hour = 3_600_000;
  const rows = [
    { at: noon - 13 * hour, actorId: null, action: 'grant-administration' },
    {
      at: noon,
      actorId: liu,
      action: 'add-person',
      detail: { name: '孙立明', roles: ['learner'] },
    },
    { at: noon + 11 * hour, actorId: liu, action: 'grant-role', detail: { role: 'mentor' } },
    { at: noon + 12 * hour, actorId: sun, action: 'choose-password', organizationId: null },
  ];
  for (const row of rows) await recordAudit(client.db, { ...about, ...row });
});
afterAll(() => client.close());

test('the log names who, for whom and about whom, newest first', async () => {
  const { rows } = await list({});
  expect(rows.map((row) => [row.action, row.actorName, row.organizationName])).toEqual([
    ['choose-password', '孙立明', null],
    ['grant-role', '刘主任', '海岱动力'],
    ['add-person', '刘主任', '海岱动力'],
    ['grant-administration', null, '海岱动力'],
  ]);
  expect(rows[1]).toMatchObject({ subject: '孙立明', detail: { role: 'mentor' } });
});

test.each([
  [{ actor: '刘' }, ['grant-role', 'add-person']],
  [{ action: 'add-person' }, ['add-person']],
  [{ actor: '%' }, []],
  [{ from: '2026-11-22', to: '2026-11-22' }, ['grant-role', 'add-person']],
  [{ from: '2026-11-23' }, ['choose-password']],
  [{ to: '2026-11-21' }, ['grant-administration']],
  [{ from: 'nonsense' }, ['choose-password', 'grant-role', 'add-person', 'grant-administration']],
])('filtered by %j it shows %j', async (filter, actions) => {
  expect((await list(filter)).rows.map((row) => row.action)).toEqual(actions);
});

test('it is filtered by organization and paged without a gap', async () => {
  const first = await list({ organization: haidai }, 2);
  expect(first.rows.map((row) => row.action)).toEqual(['grant-role', 'add-person']);
  const second = await list({ organization: haidai, after: first.next ?? '' }, 2);
  expect(second.rows.map((row) => row.action)).toEqual(['grant-administration']);
  expect(second.next).toBeUndefined();
});
