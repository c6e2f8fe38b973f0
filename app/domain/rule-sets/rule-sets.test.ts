import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DatabaseClient } from '~db/client.server';
import { makeClass, makeOrganization, makePerson, STORY_BEGINS } from '~db/testing-cast';
import { openTestDatabase } from '~db/testing.server';
import type { Viewer } from '../accounts/viewer.server';
import { ensureRuleSets } from '../classes/ensure-rule-sets.server';
import { createRuleSet } from './create-rule-set.server';
import { getRuleSet } from './get-rule-set.server';
import { listRuleSets } from './list-rule-sets.server';
import { publishRuleSetVersion } from './publish-rule-set-version.server';
import { USUAL_RULES } from './rule-set-form';
import { getRulesInForce } from './rules-in-force.server';

const TODAY = '2026-11-02';
const name = { name: '鸢都市补贴培训规则', nameEn: 'Subsidised training of the city' };
let client: DatabaseClient;
let bureau: Viewer;
let manager: Viewer;
let learner: Viewer;
let organizationId: string;

beforeAll(async () => {
  client = await openTestDatabase();
  const { db } = client;
  await ensureRuleSets(db, STORY_BEGINS);
  organizationId = await makeOrganization(db, { name: '鸢都技师学院' });
  bureau = await makePerson(db, { name: '高处长', administrator: true });
  manager = await makePerson(db, { name: '陈主任', roles: [{ organizationId, role: 'manager' }] });
  learner = await makePerson(db, { name: '孙立明', roles: [{ organizationId, role: 'learner' }] });
});
afterAll(() => client.close());

const countRows = async () => {
  const { db } = client;
  const versions = await db.selectFrom('rule_set_version').select('id').execute();
  const audits = await db.selectFrom('audit_entry').select('id').execute();
  return [versions.length, audits.length];
};

const make = (more: Partial<typeof name> = {}) =>
  createRuleSet(client.db, bureau, {
    name: { ...name, ...more },
    rules: USUAL_RULES,
    now: STORY_BEGINS,
  });

test('the bureau makes a rule set, publishes a version, and the first stays as it was', async () => {
  const { db } = client;
  const id = await make();
  const rows = () =>
    db
      .selectFrom('rule_set_version')
      .selectAll()
      .where('rule_set_id', '=', id)
      .orderBy('version')
      .execute();
  const [first] = await rows();
  const rules = { ...USUAL_RULES, maxSpeed: 1.25, dailyCapMs: null, presence: null };
  const input = { ruleSetId: id, newest: 1, rules, now: STORY_BEGINS + 1 };
  expect(await publishRuleSetVersion(db, bureau, input)).toBe(2);
  expect((await rows())[0]).toEqual(first);
  const { versions } = await getRuleSet(db, manager, id, TODAY);
  expect(versions.map((one) => one.rules)).toEqual([
    { ...rules, name: name.name, version: 2 },
    { ...USUAL_RULES, name: name.name, version: 1 },
  ]);
  const audit = await db
    .selectFrom('audit_entry')
    .select(['action', 'actor_id', 'detail'])
    .where('subject_id', '=', id)
    .orderBy('id')
    .execute();
  expect(audit.map((row) => [row.action, row.actor_id])).toEqual([
    ['create-rule-set', bureau.personId],
    ['publish-rule-set-version', bureau.personId],
  ]);
  expect(JSON.parse(audit[1]!.detail)).toMatchObject({
    version: 2,
    changed: ['maxSpeed', 'dailyCapMs', 'presence'],
  });
});

test('whoever publishes second, over a version they have not seen, changes nothing', async () => {
  const id = await make({ name: '第二套', nameEn: 'Second' });
  const { db } = client;
  const publish = (maxSpeed: number) =>
    publishRuleSetVersion(db, bureau, {
      ruleSetId: id,
      newest: 1,
      rules: { ...USUAL_RULES, maxSpeed },
      now: STORY_BEGINS,
    });
  const outcomes = await Promise.allSettled([publish(1.5), publish(2)]);
  expect(outcomes.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
  await expect(publish(1.75)).rejects.toMatchObject({ type: 'stale-rule-set' });
  expect((await getRuleSet(db, bureau, id, TODAY)).versions).toHaveLength(2);
});

test('a version equal to the newest, and a name that is taken, are refused', async () => {
  const { db } = client;
  const id = await make({ name: '第三套', nameEn: 'Third' });
  const before = await countRows();
  const same = { ruleSetId: id, newest: 1, rules: USUAL_RULES, now: STORY_BEGINS };
  await expect(publishRuleSetVersion(db, bureau, same)).rejects.toMatchObject({
    errors: [{ pointer: '/form', message: 'nothing-changed' }],
  });
  await expect(make({ name: '第三套', nameEn: 'Other' })).rejects.toMatchObject({
    errors: [{ pointer: '/name', message: 'name-taken' }],
  });
  await expect(make({ name: '别的', nameEn: 'Third' })).rejects.toMatchObject({
    errors: [{ pointer: '/nameEn', message: 'name-taken' }],
  });
  expect(await countRows()).toEqual(before);
});

test('managers read the rule sets and may not change them; learners may not read them', async () => {
  const { db } = client;
  const id = await make({ name: '第四套', nameEn: 'Fourth' });
  const before = await countRows();
  const now = STORY_BEGINS;
  const rules = { ...USUAL_RULES, maxSpeed: 2 };
  const forbidden = { status: 403 };
  for (const viewer of [manager, learner]) {
    await expect(createRuleSet(db, viewer, { name, rules, now })).rejects.toMatchObject(forbidden);
    const publish = publishRuleSetVersion(db, viewer, { ruleSetId: id, newest: 1, rules, now });
    await expect(publish).rejects.toMatchObject(forbidden);
  }
  await expect(listRuleSets(db, learner, TODAY)).rejects.toMatchObject(forbidden);
  await expect(getRuleSet(db, learner, id, TODAY)).rejects.toMatchObject(forbidden);
  await expect(getRuleSet(db, manager, 'none', TODAY)).rejects.toMatchObject({ status: 404 });
  expect((await getRuleSet(db, manager, id, TODAY)).versions).toHaveLength(1);
  expect(await countRows()).toEqual(before);
});

test('the list tells samples, and in how many classes each rule set counts on the day', async () => {
  const { db } = client;
  const id = await make({ name: '第五套', nameEn: 'Fifth' });
  const [version] = (await getRuleSet(db, bureau, id, TODAY)).versions;
  const makeOne = (ruleSetVersionId: string) =>
    makeClass(db, {
      title: '秋季班',
      organizationId,
      createdBy: manager.personId,
      courses: [],
      ruleSetVersionId,
    });
  await makeOne(version!.id);
  const switched = await makeOne('sample-7-a-day-v1');
  await db
    .insertInto('class_rule_set')
    .values({
      id: 'decision',
      class_id: switched,
      from_day: '2026-11-10',
      rule_set_version_id: version!.id,
      reason: '统一规则',
      decided_by: manager.personId,
      decided_at: STORY_BEGINS,
    })
    .execute();
  const on = async (day: string) => {
    const rows = await listRuleSets(db, manager, day);
    return [id, 'sample-7-a-day'].map((one) => {
      const row = rows.find((found) => found.id === one);
      return [row?.sample, row?.classes];
    });
  };
  expect(await on('2026-11-09')).toEqual([
    [false, 1],
    [true, 1],
  ]);
  expect(await on('2026-11-10')).toEqual([
    [false, 2],
    [true, 0],
  ]);
  expect((await getRulesInForce(db, switched, '2026-11-09')).ruleSetId).toBe('sample-7-a-day');
  expect((await getRulesInForce(db, switched, '2026-11-10')).versionId).toBe(version!.id);
});

test('no code changes or removes a published version', () => {
  const root = resolve(import.meta.dirname, '../../..');
  const sources = ['app', 'db'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'))
      .map((file) => join(folder, file)),
  );
  expect(sources.length).toBeGreaterThan(300);
  const writing =
    /(updateTable|deleteFrom|mergeInto)\(\s*'rule_set_version'|update rule_set_version/;
  expect(sources.filter((file) => writing.test(readFileSync(join(root, file), 'utf8')))).toEqual(
    [],
  );
});
