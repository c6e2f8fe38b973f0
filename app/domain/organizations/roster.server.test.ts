import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deflateRawSync } from 'node:zlib';
import type { DatabaseClient } from '~db/client.server';
import { openTestDatabase } from '~db/testing.server';
import { writeRosterTemplate } from './write-roster-template.server';
import { givenOrganization, givenPerson, givenRole } from '../accounts/testing-people.server';
import { findViewer, type Viewer } from '../accounts/viewer.server';
import { ensureRuleSets } from '../classes/ensure-rule-sets.server';
import { checkRosterDraft } from './check-roster-draft.server';
import { importRoster } from './import-roster.server';
import { readRosterFile } from './read-roster-file.server';
import { repairRoster, repairsOf } from './repair-roster.server';
import { createRosterDraft, getRosterDraft, ROSTER_DRAFT_LIFE_MS } from './roster-draft.server';
import type { RosterRow } from './roster-rows';

const now = 1_700_000_000_000;
let client: DatabaseClient;
let haidai: { id: string; shortCode: string };
let liu: Viewer;

async function sheetOf(rows: unknown[][]): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('名册');
  rows.forEach((row) => sheet.addRow(row));
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

const row = (number: number, name: string, phone: string, staffNumber = ''): RosterRow => ({
  row: number,
  values: { name, phone, staffNumber, role: '' },
  unread: {},
});

const count = (table: 'person' | 'membership' | 'enrollment' | 'start_code') =>
  client.db
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<number>().as('rows'))
    .executeTakeFirstOrThrow()
    .then((result) => result.rows);

beforeAll(async () => {
  client = await openTestDatabase();
  haidai = {
    id: await givenOrganization(client.db, { name: '海岱动力', shortCode: 'hddl' }),
    shortCode: 'hddl',
  };
  const manager = await givenPerson(client.db, { name: '刘主任', login: '13900001001' });
  await givenRole(client.db, haidai.id, manager, 'manager');
  const viewer = await findViewer(client.db, manager, 'none');
  if (!viewer) throw new Error('no viewer');
  liu = viewer;
});
afterAll(() => client.close());

describe('a roster file', () => {
  test('is read whatever Excel made of the phone numbers', async () => {
    const file = await sheetOf([
      ['姓名', '手机号', '工号'],
      ['孙立明', 13600008812, 1001],
      ['李秀兰', '159 0000 3047'],
      ['赵鹏', { formula: 'A1', result: '13600000001' }],
      ['王海波', new Date('2026-01-01')],
      [
        { richText: [{ text: '高' }, { text: '玉梅' }] },
        { text: '13800000204', hyperlink: 'tel:1' },
      ],
    ]);
    const rows = await readRosterFile(file);
    expect(rows).toEqual([
      { ...row(2, '孙立明', '13600008812', '1001') },
      row(3, '李秀兰', '159 0000 3047'),
      { ...row(4, '赵鹏', ''), unread: { phone: 'formula' } },
      { ...row(5, '王海波', ''), unread: { phone: 'date' } },
      row(6, '高玉梅', '13800000204'),
    ]);
  });

  test('made from the template is understood', async () => {
    const template = await writeRosterTemplate({
      sheetName: '名册',
      headers: ['姓名', '手机号', '工号', '角色'],
      roles: ['学员', '教师'],
      notes: ['一人一行'],
    });
    expect(await readRosterFile(template)).toBe('no-rows');
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(template.buffer as ArrayBuffer);
    const sheet = workbook.worksheets[0];
    if (!sheet) throw new Error('no sheet');
    sheet.getCell('A2').value = '孙立明';
    sheet.getCell('B2').value = '13600008812';
    sheet.getCell('D2').value = '教师';
    const rows = await readRosterFile(new Uint8Array(await workbook.xlsx.writeBuffer()));
    expect(rows).toMatchObject([{ row: 2, values: { name: '孙立明', role: '教师' } }]);
  });

  test('that is none is refused', async () => {
    expect(await readRosterFile(Buffer.from('姓名,手机号\n'))).toBe('not-a-sheet');
    expect(await readRosterFile(new Uint8Array(0))).toBe('not-a-sheet');
    expect(await readRosterFile(new Uint8Array(2 * 1024 * 1024 + 1))).toBe('too-large');
  });

  test('that unpacks to more than it says is refused', async () => {
    const bomb = zipOf('xl/worksheets/sheet1.xml', Buffer.alloc(40 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(100_000);
    expect(await readRosterFile(bomb)).toBe('too-large');
  });
});

describe('a roster', () => {
  const draft = async (rows: RosterRow[], classId: string | null = null) => {
    const place = { organization: haidai, classId, viewer: liu, now };
    const draftId = await createRosterDraft(client.db, { ...place, fileName: '名册.xlsx', rows });
    return { ...place, draftId };
  };

  test('is checked first: nothing is written, good and bad rows are told apart', async () => {
    const before = await count('person');
    const rows = [
      row(2, '孙立明', '13600008812'),
      row(3, '刘主任', '13900001001'),
      row(4, '刘某', '13900001001'),
      row(5, '李秀兰', '1590000304'),
    ];
    const standing = await checkRosterDraft(
      client.db,
      { organization: haidai, classId: null },
      rows,
    );
    expect(standing.ready.map(({ row: { row: n }, isNew }) => [n, isNew])).toEqual([
      [2, true],
      [3, false],
    ]);
    expect(standing.bad.map(({ row: { row: n }, faults }) => [n, faults[0]])).toEqual([
      [4, { column: 'phone', reason: 'same-phone', other: 3 }],
      [5, { column: 'phone', reason: 'phone-short' }],
    ]);
    expect(await count('person')).toBe(before);
  });

  test('goes in with its good rows, its bad rows once repaired, and nobody twice', async () => {
    const place = await draft([
      row(2, '孙立明', '13600008812', '1001'),
      row(3, '李秀兰', '1590000304'),
    ]);
    const first = await importRoster(client.db, place);
    expect(first.left).toBe(1);
    expect(first.people).toMatchObject([
      {
        name: '孙立明',
        login: '13600008812',
        outcome: 'new',
        startCode: expect.stringMatching(/^[2-9A-Z-]{14}$/) as string,
      },
    ]);
    const people = await count('person');
    await expect(importRoster(client.db, place)).rejects.toMatchObject({
      type: 'nothing-to-import',
    });
    expect(await count('person')).toBe(people);
    const repairs = repairsOf({ '3.phone': '15900003047', intent: 'repair', 'x.name': '甲' });
    await repairRoster(client.db, { ...place, repairs });
    const second = await importRoster(client.db, place);
    expect(second).toMatchObject({ left: 0, people: [{ name: '李秀兰', outcome: 'new' }] });
    const again = await draft([row(2, '孙立明', '13600008812', '1001')]);
    expect(
      (await checkRosterDraft(client.db, again, [row(2, '孙立明', '13600008812', '1001')])).already,
    ).toHaveLength(1);
  });

  test('posted twice at once adds each person once', async () => {
    const rows = Array.from({ length: 20 }, (_, n) => row(n + 2, `甲${n}`, `135000010${10 + n}`));
    const place = await draft(rows);
    const before = await count('person');
    const results = await Promise.allSettled([
      importRoster(client.db, place),
      importRoster(client.db, place),
    ]);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(await count('person')).toBe(before + 20);
  });

  test('is seen by its owner only, and for a day', async () => {
    const place = await draft([row(2, '韩雪', '13400000001')]);
    const other: Viewer = { ...liu, personId: 'somebody-else' };
    await expect(getRosterDraft(client.db, { ...place, viewer: other })).rejects.toThrow();
    await expect(getRosterDraft(client.db, { ...place, classId: 'a-class' })).rejects.toThrow();
    await expect(
      getRosterDraft(client.db, { ...place, now: now + ROSTER_DRAFT_LIFE_MS }),
    ).rejects.toThrow();
    expect((await getRosterDraft(client.db, place)).rows).toHaveLength(1);
  });

  describe('of a class', () => {
    test('adds and enrolls its people as learners, all or nobody', async () => {
      const classId = await givenClass(3);
      const place = await draft(
        [row(2, '钱一', '13300000001'), row(3, '孙立明', '13600008812')],
        classId,
      );
      expect((await importRoster(client.db, place)).people.map((person) => person.outcome)).toEqual(
        ['new', 'unchanged'],
      );
      const standing = await checkRosterDraft(client.db, place, [
        row(2, '孙立明', '13600008812'),
        row(3, '刘主任', '13900001001'),
      ]);
      expect(standing.already.map(({ row: n }) => n)).toEqual([2]);
      expect(standing.ready.map(({ entry }) => entry.roles)).toEqual([['learner']]);
      const [people, codes] = [await count('person'), await count('start_code')];
      const tooMany = await draft(
        [row(2, '钱二', '13300000002'), row(3, '钱三', '13300000003')],
        classId,
      );
      await expect(importRoster(client.db, tooMany)).rejects.toMatchObject({ type: 'class-full' });
      expect([await count('person'), await count('start_code')]).toEqual([people, codes]);
      expect(await count('enrollment')).toBe(2);
    });
  });

  async function givenClass(capacity: number): Promise<string> {
    await ensureRuleSets(client.db, now);
    const ruleSet = await client.db
      .selectFrom('rule_set_version')
      .select('id')
      .orderBy('id')
      .executeTakeFirstOrThrow();
    const id = '0190-class';
    await client.db
      .insertInto('training_class')
      .values({
        id,
        organization_id: haidai.id,
        title: '柴油机装调工（中级）秋季 3 班',
        starts_on: '2023-11-01',
        ends_on: '2024-01-20',
        capacity,
        required_tenths: 240,
        rule_set_version_id: ruleSet.id,
        open_to_applications: 0,
        created_by: liu.personId,
        created_at: now,
        version: 1,
      })
      .execute();
    return id;
  }
});

/** A zip with one entry whose header says it is one byte long. */
function zipOf(name: string, content: Buffer): Uint8Array {
  const packed = deflateRawSync(content);
  const file = Buffer.from(name);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(1, 22);
  local.writeUInt16LE(file.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(packed.length, 20);
  central.writeUInt32LE(1, 24);
  central.writeUInt16LE(file.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + file.length, 12);
  end.writeUInt32LE(local.length + file.length + packed.length, 16);
  return Buffer.concat([local, file, packed, central, file, end]);
}
