import type { OrganizationKind, Role } from '../tables/organizations';

/** The one cast of the demo world, of tests and of screenshots. All names are invented. */
export interface CastOrganization {
  key: string;
  kind: OrganizationKind;
  name: string;
  mark: string;
  shortCode: string;
}

export const castOrganizations = [
  { key: 'bureau', kind: 'bureau', name: '鸢都市人社局', mark: '局', shortCode: 'yuandu' },
  { key: 'yuandu', kind: 'technicianCollege', name: '鸢都技师学院', mark: '鸢', shortCode: 'ydjs' },
  { key: 'yunmen', kind: 'technicianCollege', name: '云门技师学院', mark: '云', shortCode: 'ymjs' },
  { key: 'yuhe', kind: 'technicalSchool', name: '虞河技工学校', mark: '虞', shortCode: 'yuhe' },
  { key: 'haidai', kind: 'enterprise', name: '海岱动力集团', mark: '岱', shortCode: 'haidai' },
  { key: 'qufeng', kind: 'enterprise', name: '渠丰农机股份', mark: '渠', shortCode: 'qufeng' },
  { key: 'fengyuan', kind: 'enterprise', name: '峰源精密制造', mark: '峰', shortCode: 'fengyuan' },
] as const satisfies readonly CastOrganization[];

export type OrganizationKey = (typeof castOrganizations)[number]['key'];

export interface CastPerson {
  login: string;
  name: string;
  phone?: string;
  staffNumber?: string;
  roles: { organization: OrganizationKey; role: Role }[];
  administrator?: boolean;
}

const MANAGED: OrganizationKey[] = ['yuandu', 'haidai', 'yunmen', 'fengyuan', 'yuhe', 'qufeng'];
const MANAGERS = ['李海涛', '刘振东', '韩雪梅', '杜立新', '宋桂芳', '彭建军'];
const TEACHERS = ['王敏', '周建国', '吕文博', '沈国梁', '崔玉兰', '邹志强'];
const WORKERS = [
  '孙立明 李秀兰 王海波 赵鹏 高玉梅 张伟 马国强 陈晓燕 于洪亮 徐丽 郭志刚 丁美玲 冯志远',
  '姜涛 田春华 谭建华 任小龙 潘志勇 石磊 白雪松 侯文静 段德福 邱玉珍 薛峰 尹桂兰 常青山 武艳',
  '乔大勇 毛晓东 葛秀英 范长河 梁冬梅 汪海洋 康凤霞 龚少华 严明辉 温玉莲 庞国栋 祝春生 解红霞',
].flatMap((line) => line.split(' '));

/** Which enterprise each worker comes from, by number. */
function employerOf(number: number): OrganizationKey {
  if (number <= 12 || (number >= 31 && number <= 34)) return 'haidai';
  if (number <= 22 || (number >= 35 && number <= 37)) return 'fengyuan';
  return 'qufeng';
}

const two = (number: number) => String(number).padStart(2, '0');

export const castPeople: CastPerson[] = [
  { login: 'admin01', name: '陈立群', roles: [], administrator: true },
  ...MANAGED.map((organization, i) => ({
    login: `manager${two(i + 1)}`,
    name: MANAGERS[i] ?? '',
    phone: `1390000${String(1001 + i)}`,
    roles: [{ organization, role: 'manager' as const }],
  })),
  ...MANAGED.map((organization, i) => ({
    login: `teacher${two(i + 1)}`,
    name: TEACHERS[i] ?? '',
    phone: `1370000${String(2001 + i)}`,
    roles: [{ organization, role: 'instructor' as const }],
  })),
  ...WORKERS.map((name, i) => ({
    login: `worker${two(i + 1)}`,
    name,
    phone: `1360000${String(8801 + i)}`,
    staffNumber: String(1001 + i),
    roles: [{ organization: employerOf(i + 1), role: 'learner' as const }],
  })),
];

export interface CastCourse {
  key: string;
  title: string;
  occupation: string;
  level: string;
  summary: string;
  cover: string;
  lead: OrganizationKey;
  partner?: OrganizationKey;
  /** Logins of the authors, the creator first. */
  authors: { login: string; organization: OrganizationKey }[];
  chapters: {
    title: string;
    producer: OrganizationKey;
    /** To all organizations of the course. */
    open?: true;
    lessons: {
      title: string;
      /** The folder of db/demo/media, for a video; an article has html instead. */
      slug?: string;
      html?: string;
      producer: OrganizationKey;
      author: string;
    }[];
  }[];
}

export interface CastClass {
  key: string;
  title: string;
  organization: OrganizationKey;
  courses: string[];
  ruleSet: 'standard' | 'double-speed' | 'sixty-minutes';
  /** Days before and after the first start. */
  from: number;
  to: number;
  capacity: number;
  requiredTenths: number;
  openToApplications: boolean;
  /** Numbers of the workers enrolled. */
  workers: number[];
}

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

export const castClasses: CastClass[] = [
  {
    key: 'diesel',
    title: '柴油机装调工（中级）秋季 2 班',
    organization: 'haidai',
    courses: ['diesel'],
    ruleSet: 'standard',
    from: -20,
    to: 40,
    capacity: 40,
    requiredTenths: 3,
    openToApplications: false,
    workers: [...range(1, 12), ...range(31, 34)],
  },
  {
    key: 'lathe',
    title: '数控车工（中级）1 班',
    organization: 'yunmen',
    courses: ['lathe'],
    ruleSet: 'double-speed',
    from: -14,
    to: 46,
    capacity: 40,
    requiredTenths: 2,
    openToApplications: true,
    workers: [...range(13, 22), ...range(35, 37)],
  },
  {
    key: 'welding',
    title: '焊工安全与氩弧焊入门 4 班',
    organization: 'yuhe',
    courses: ['welding'],
    ruleSet: 'standard',
    from: -10,
    to: 30,
    capacity: 30,
    requiredTenths: 1,
    openToApplications: true,
    workers: [...range(23, 30), ...range(38, 40)],
  },
];
