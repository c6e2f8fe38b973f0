import type { Role } from '~db/tables/organizations';
import {
  findPhone,
  normalizePersonName,
  personNameSchema,
  phoneSchema,
  staffNumberSchema,
} from '../accounts/login-name';
import type { PersonEntry } from './people-plan';

export const MOST_ROSTER_ROWS = 1_000;

export const ROSTER_COLUMNS = ['name', 'phone', 'staffNumber', 'role'] as const;
export type RosterColumn = (typeof ROSTER_COLUMNS)[number];

/** What a header may say, width-folded, lower case, without spaces. */
const HEADERS: Record<RosterColumn, string[]> = {
  name: ['姓名', '名字', 'name'],
  phone: ['手机号', '手机', '手机号码', '电话', '联系电话', 'phone', 'mobile'],
  staffNumber: ['工号', '员工号', '学号', 'staffnumber'],
  role: ['角色', '身份', 'role'],
};

const ROLE_WORDS: Record<string, Role> = {
  学员: 'learner',
  学生: 'learner',
  learner: 'learner',
  教师: 'instructor',
  老师: 'instructor',
  instructor: 'instructor',
  企业导师: 'mentor',
  导师: 'mentor',
  mentor: 'mentor',
  管理员: 'manager',
  机构管理员: 'manager',
  manager: 'manager',
};

export type RosterReason =
  | 'date'
  | 'formula'
  | 'error'
  | 'name-missing'
  | 'name'
  | 'phone'
  | 'phone-short'
  | 'phone-long'
  | 'staff-number'
  | 'role'
  | 'no-login'
  | 'same-phone'
  | 'same-staff-number'
  | 'same-person'
  | 'phone-of-another-name'
  | 'staff-number-of-another-name'
  | 'user-name-taken'
  | 'logins-of-two-people'
  | 'account-disabled';

export interface RosterFault {
  column: RosterColumn;
  reason: RosterReason;
  /** The row it clashes with. */
  other?: number;
}

/** A row as it stands in the file, kept between dry run and import; `unread`: cells without text. */
export interface RosterRow {
  row: number;
  values: Record<RosterColumn, string>;
  unread: Partial<Record<RosterColumn, 'date' | 'formula' | 'error'>>;
}

export interface CheckedRow {
  row: RosterRow;
  entry: PersonEntry | undefined;
  faults: RosterFault[];
}

type Cell = string | { not: 'date' | 'formula' | 'error' };

export type RosterFileFault = 'no-header' | 'no-rows' | 'too-many-rows';

/**
 * The people of a sheet: the header is looked for in its first ten rows (a title may stand above
 * it), columns may come in any order, others are ignored.
 */
export function readRoster(
  sheet: readonly { number: number; cells: readonly Cell[] }[],
): RosterRow[] | RosterFileFault {
  const header = sheet
    .slice(0, 10)
    .find((row) => row.cells.some((cell) => columnOf(cell) === 'name'));
  if (!header) return 'no-header';
  const places = new Map<RosterColumn, number>();
  header.cells.forEach((cell, place) => {
    const column = columnOf(cell);
    if (column && !places.has(column)) places.set(column, place);
  });
  if (!places.has('phone') && !places.has('staffNumber')) return 'no-header';
  const rows = sheet.flatMap((row): RosterRow[] => {
    if (row.number <= header.number) return [];
    const values = { name: '', phone: '', staffNumber: '', role: '' };
    const unread: RosterRow['unread'] = {};
    for (const [column, place] of places) {
      const cell = row.cells[place] ?? '';
      if (typeof cell === 'string') values[column] = cell.trim();
      else unread[column] = cell.not;
    }
    const empty = Object.values(values).every((value) => value === '');
    return empty && Object.keys(unread).length === 0 ? [] : [{ row: row.number, values, unread }];
  });
  if (rows.length === 0) return 'no-rows';
  return rows.length > MOST_ROSTER_ROWS ? 'too-many-rows' : rows;
}

function columnOf(cell: Cell): RosterColumn | undefined {
  if (typeof cell !== 'string') return undefined;
  const word = cell
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s/g, '')
    .replace(/[*:(].*$/, '');
  return ROSTER_COLUMNS.find((column) => HEADERS[column].includes(word));
}

/** Checks each row by itself and against the others; `role` is given when the file need not say it. */
export function checkRoster(rows: readonly RosterRow[], role?: Role): CheckedRow[] {
  const phones = new Map<string, number>();
  const staffNumbers = new Map<string, number>();
  return rows.map((row) => {
    const checked = checkRow(row, role);
    const { phone, staffNumber } = checked.entry ?? {};
    const samePhone = phone === undefined ? undefined : phones.get(phone);
    const sameStaff = staffNumber === undefined ? undefined : staffNumbers.get(staffNumber);
    if (samePhone !== undefined)
      checked.faults.push({ column: 'phone', reason: 'same-phone', other: samePhone });
    if (sameStaff !== undefined)
      checked.faults.push({ column: 'staffNumber', reason: 'same-staff-number', other: sameStaff });
    if (phone !== undefined && samePhone === undefined) phones.set(phone, row.row);
    if (staffNumber !== undefined && sameStaff === undefined)
      staffNumbers.set(staffNumber, row.row);
    return checked.faults.length > 0 ? { ...checked, entry: undefined } : checked;
  });
}

function checkRow(row: RosterRow, role: Role | undefined): CheckedRow {
  const faults: RosterFault[] = ROSTER_COLUMNS.flatMap((column) => {
    const reason = row.unread[column];
    return reason ? [{ column, reason }] : [];
  });
  const fail = (column: RosterColumn, reason: RosterReason) => {
    if (!faults.some((fault) => fault.column === column)) faults.push({ column, reason });
  };
  const { values } = row;
  const name = personNameSchema.safeParse(values.name);
  if (!name.success)
    fail('name', normalizePersonName(values.name) === '' ? 'name-missing' : 'name');
  const phone = values.phone === '' ? undefined : phoneSchema.safeParse(values.phone);
  if (phone?.success === false) fail('phone', reasonOfPhone(values.phone));
  const staffNumber =
    values.staffNumber === '' ? undefined : staffNumberSchema.safeParse(values.staffNumber);
  if (staffNumber?.success === false) fail('staffNumber', 'staff-number');
  if (!phone && !staffNumber && !row.unread.phone && !row.unread.staffNumber)
    fail('phone', 'no-login');
  const word = values.role.normalize('NFKC').toLowerCase().replace(/\s/g, '');
  const chosen = role ?? (word === '' ? 'learner' : ROLE_WORDS[word]);
  if (!chosen) fail('role', 'role');
  if (faults.length > 0 || !name.success || !chosen) return { row, faults, entry: undefined };
  return {
    row,
    faults,
    entry: {
      name: name.data,
      phone: phone?.data,
      staffNumber: staffNumber?.data,
      roles: [chosen],
    },
  };
}

function reasonOfPhone(typed: string): RosterReason {
  const digits = typed
    .normalize('NFKC')
    .replace(/^\s*(\+|00)?86/, '')
    .replace(/\D/g, '');
  if (findPhone(digits) !== undefined || digits.length === 11) return 'phone';
  return digits.length < 11 ? 'phone-short' : 'phone-long';
}
