import { defineMessages } from '../locale';
import { signedTime } from '../durations';
import { organizationMessages } from './organizations';
import { peopleMessages } from './people';

/** What a sentence of the log may speak of; every part may be missing in an old entry. */
export interface AuditFacts {
  subject: string;
  className: string;
  detail: Record<string, unknown>;
}

type Sentence = (facts: AuditFacts) => string;

const text = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

function rolesIn(locale: 'zh' | 'en', value: unknown): string {
  const words: Record<string, string> = peopleMessages[locale].roles;
  const roles = Array.isArray(value) ? value : [value];
  return roles.map((role) => words[text(role)] ?? text(role)).join(locale === 'zh' ? '、' : ', ');
}

/** What changed between two versions of an organization, in words. */
function changesIn(locale: 'zh' | 'en', detail: Record<string, unknown>): string {
  const messages = organizationMessages[locale];
  const kinds: Record<string, string> = messages.kinds;
  const before = { ...(detail.from as object) } as Record<string, unknown>;
  const after = { ...(detail.to as object) } as Record<string, unknown>;
  const show = (key: string, value: unknown) =>
    key === 'kind' ? (kinds[text(value)] ?? text(value)) : text(value);
  return (['name', 'kind', 'shortCode'] as const)
    .filter((key) => before[key] !== after[key])
    .map((key) => `${messages[key]} ${show(key, before[key])} → ${show(key, after[key])}`)
    .join(locale === 'zh' ? '；' : '; ');
}

/** A version of a rule set by name and number. */
function versionIn(value: unknown): string {
  const { name, version } = { ...(value as object) } as Record<string, unknown>;
  return `${text(name)} v${text(version)}`;
}

const zh: Record<string, { name: string; says: Sentence }> = {
  'add-person': {
    name: '添加人员',
    says: (f) => `添加了 ${f.subject}，角色：${rolesIn('zh', f.detail.roles)}`,
  },
  'link-person': {
    name: '加入已有人员',
    says: (f) => `把已有账号的 ${f.subject} 加进单位，角色：${rolesIn('zh', f.detail.roles)}`,
  },
  'edit-person': {
    name: '更正资料',
    says: (f) =>
      f.detail.from === f.detail.to
        ? `更正了 ${f.subject} 的登录名`
        : `更正了姓名：${text(f.detail.from)} → ${text(f.detail.to)}`,
  },
  'import-roster': {
    name: '导入名册',
    says: (f) =>
      `给 ${f.subject} 导入名册：${text(f.detail.people)} 人，其中 ${text(f.detail.new)} 个新账号`,
  },
  'grant-role': {
    name: '给予角色',
    says: (f) => `给 ${f.subject} 加上角色：${rolesIn('zh', f.detail.role)}`,
  },
  'end-role': {
    name: '去掉角色',
    says: (f) => `去掉了 ${f.subject} 的角色：${rolesIn('zh', f.detail.role)}`,
  },
  'grant-administration': {
    name: '设为平台管理员',
    says: (f) => `把 ${f.subject} 设为平台管理员`,
  },
  'end-administration': {
    name: '取消平台管理员',
    says: (f) => `取消了 ${f.subject} 的平台管理员`,
  },
  'issue-start-code': { name: '发新开通码', says: (f) => `给 ${f.subject} 发了新的开通码` },
  'disable-account': { name: '停用账号', says: (f) => `停用了 ${f.subject} 的账号` },
  'enable-account': { name: '恢复账号', says: (f) => `恢复了 ${f.subject} 的账号` },
  'choose-password': {
    name: '首次设密码',
    says: (f) => `同意隐私说明（版本 ${text(f.detail.consentVersion)}），设了自己的密码`,
  },
  'change-password': { name: '改密码', says: () => '改了自己的密码' },
  'give-consent': {
    name: '同意隐私说明',
    says: (f) => `同意隐私说明，版本 ${text(f.detail.consentVersion)}`,
  },
  'create-organization': { name: '添加单位', says: (f) => `添加了单位 ${f.subject}` },
  'edit-organization': {
    name: '修改单位',
    says: (f) => `修改了单位 ${f.subject}：${changesIn('zh', f.detail)}`,
  },
  'create-course': { name: '新建课程', says: (f) => `新建了课程《${f.subject}》` },
  'name-author': { name: '指定作者', says: (f) => `给课程《${f.subject}》指定了作者` },
  'release-author': { name: '取消作者', says: (f) => `取消了课程《${f.subject}》的一位作者` },
  'name-reviewer': { name: '指定审稿人', says: (f) => `给课程《${f.subject}》指定了审稿人` },
  'release-reviewer': {
    name: '取消审稿人',
    says: (f) => `取消了课程《${f.subject}》的一位审稿人`,
  },
  'invite-partner': { name: '邀请共建', says: (f) => `邀请单位共建课程《${f.subject}》` },
  'accept-partnership': { name: '接受共建', says: (f) => `接受了共建课程《${f.subject}》的邀请` },
  'decline-partnership': { name: '谢绝共建', says: (f) => `谢绝了共建课程《${f.subject}》的邀请` },
  'request-publication': {
    name: '提请发布',
    says: (f) => `提请发布课程《${f.subject}》第 ${text(f.detail.number)} 版`,
  },
  'sign-off': {
    name: '签字',
    says: (f) => `在课程《${f.subject}》第 ${text(f.detail.number)} 版的定稿上签了字`,
  },
  'withdraw-sign-off': {
    name: '撤回签字',
    says: (f) => `撤回了课程《${f.subject}》第 ${text(f.detail.number)} 版定稿上的签字`,
  },
  'withdraw-publication': {
    name: '撤回定稿',
    says: (f) => `撤回了课程《${f.subject}》第 ${text(f.detail.number)} 版的定稿`,
  },
  'leave-partnership': {
    name: '退出合作',
    says: (f) => `退出了课程《${f.subject}》的合作`,
  },
  'end-partnership': {
    name: '结束合作',
    says: (f) => `结束了课程《${f.subject}》的一份合作`,
  },
  'open-chapter': {
    name: '开放一章',
    says: (f) => `课程《${f.subject}》的“${text(f.detail.chapter)}”向合作单位开放了编辑`,
  },
  'close-chapter': {
    name: '收回一章',
    says: (f) => `课程《${f.subject}》的“${text(f.detail.chapter)}”只由制作单位编辑了`,
  },
  'require-bureau-review': {
    name: '要求人社局签字',
    says: (f) => `课程《${f.subject}》的新版本要人社局签字`,
  },
  'waive-bureau-review': {
    name: '不再要求人社局签字',
    says: (f) => `课程《${f.subject}》的新版本不再要人社局签字`,
  },
  'publish-course': {
    name: '发布课程',
    says: (f) => `发布了课程《${f.subject}》第 ${text(f.detail.number)} 版`,
  },
  'choose-poster': {
    name: '换视频封面',
    says: (f) => `课程《${f.subject}》的视频“${text(f.detail.filename)}”换了封面`,
  },
  'remove-media': {
    name: '去掉视频',
    says: (f) => `从课程《${f.subject}》去掉了视频“${text(f.detail.filename)}”`,
  },
  'create-rule-set': {
    name: '新建学时规则',
    says: (f) => `新建了学时规则“${text(f.detail.name)}”`,
  },
  'publish-rule-set-version': {
    name: '发布规则新版',
    says: (f) => `发布了学时规则“${text(f.detail.name)}”第 ${text(f.detail.version)} 版`,
  },
  'create-class': { name: '开班', says: (f) => `开了班次 ${f.subject}` },
  'edit-class': { name: '修改班次', says: (f) => `修改了班次 ${f.subject}` },
  'switch-rule-set': {
    name: '换用学时规则',
    says: (f) =>
      `班次 ${f.subject} 从 ${text(f.detail.fromDay)} 起换用“${versionIn(f.detail.to)}”，原来是“${versionIn(f.detail.from)}”。理由：${text(f.detail.reason)}`,
  },
  'export-recount': {
    name: '导出换规则试算',
    says: (f) => `导出了班次 ${f.subject} 换规则的逐人学时，${text(f.detail.rows)} 人`,
  },
  'move-class-course': {
    name: '更换课程版本',
    says: (f) =>
      `把班次 ${f.subject} 的课程从第 ${text(f.detail.from)} 版换到第 ${text(f.detail.to)} 版`,
  },
  'apply-to-class': { name: '申请入班', says: (f) => `${f.subject} 申请加入班次 ${f.className}` },
  'reject-application': {
    name: '谢绝申请',
    says: (f) => `没有通过 ${f.subject} 加入班次 ${f.className} 的申请`,
  },
  'enroll-learner': { name: '报名入班', says: (f) => `${f.subject} 加入了班次 ${f.className}` },
  'withdraw-learner': { name: '退班', says: (f) => `${f.subject} 退出了班次 ${f.className}` },
  'make-appeal': {
    name: '提出申诉',
    says: (f) => `${f.subject} 对班次 ${f.className} 的学时提出申诉`,
  },
  'decide-appeal': {
    name: '答复申诉',
    says: (f) =>
      `${f.detail.decision === 'accepted' ? '同意' : '没有同意'} ${f.subject} 的申诉：${text(f.detail.reason)}`,
  },
  'correct-class-hours': {
    name: '更正学时',
    says: (f) =>
      `给 ${f.subject} 在 ${text(f.detail.day)} 更正 ${signedTime(Number(f.detail.ms))}：${text(f.detail.reason)}`,
  },
  'complete-enrollment': {
    name: '学完',
    says: (f) => `${f.subject} 学完了班次 ${f.className} 的要求`,
  },
  'export-class-hours': {
    name: '导出学时',
    says: (f) => `导出了学时统计，${text(f.detail.rows)} 行`,
  },
  'export-attribution': {
    name: '导出制作统计',
    says: (f) => `导出了制作统计，${text(f.detail.rows)} 行`,
  },
  'note-signal': {
    name: '记下看过的结果',
    says: (f) => `看了${f.subject}在${f.className}的一条留意，记下：${text(f.detail.found)}`,
  },
  'export-class-signals': {
    name: '导出留意',
    says: (f) => `导出了班次 ${f.subject} 的留意，${text(f.detail.rows)} 条`,
  },
  'export-evidence': {
    name: '导出证据包',
    says: (f) => `导出了学时证据包${f.className ? `：${f.className}` : '（全平台）'}`,
  },
  'settle-class': {
    name: '结算学时',
    says: (f) =>
      `结算了 ${f.subject} ${text(f.detail.from)} 至 ${text(f.detail.to)} 的学时，${text(f.detail.learners)} 人`,
  },
  'export-settlement': {
    name: '导出结算',
    says: (f) => `导出了 ${f.subject} 第 ${text(f.detail.number)} 次结算`,
  },
};

const en: Record<string, { name: string; says: Sentence }> = {
  'add-person': {
    name: 'Add a person',
    says: (f) => `Added ${f.subject} as ${rolesIn('en', f.detail.roles)}`,
  },
  'link-person': {
    name: 'Link a person',
    says: (f) => `Added ${f.subject}, who had an account, as ${rolesIn('en', f.detail.roles)}`,
  },
  'edit-person': {
    name: 'Correct facts',
    says: (f) =>
      f.detail.from === f.detail.to
        ? `Corrected the login names of ${f.subject}`
        : `Corrected the name: ${text(f.detail.from)} → ${text(f.detail.to)}`,
  },
  'import-roster': {
    name: 'Import a roster',
    says: (f) =>
      `Imported a roster for ${f.subject}: ${text(f.detail.people)} people, ${text(f.detail.new)} new accounts`,
  },
  'grant-role': {
    name: 'Give a role',
    says: (f) => `Gave ${f.subject} the role ${rolesIn('en', f.detail.role)}`,
  },
  'end-role': {
    name: 'End a role',
    says: (f) => `Ended the role ${rolesIn('en', f.detail.role)} of ${f.subject}`,
  },
  'grant-administration': {
    name: 'Make administrator',
    says: (f) => `Made ${f.subject} a bureau administrator`,
  },
  'end-administration': {
    name: 'End administrator',
    says: (f) => `Ended ${f.subject} as bureau administrator`,
  },
  'issue-start-code': {
    name: 'Issue a start code',
    says: (f) => `Issued a new start code to ${f.subject}`,
  },
  'disable-account': {
    name: 'Disable an account',
    says: (f) => `Disabled the account of ${f.subject}`,
  },
  'enable-account': {
    name: 'Enable an account',
    says: (f) => `Enabled the account of ${f.subject}`,
  },
  'choose-password': {
    name: 'Choose a password',
    says: (f) =>
      `Agreed to the privacy text (version ${text(f.detail.consentVersion)}) and chose a password`,
  },
  'change-password': { name: 'Change password', says: () => 'Changed their own password' },
  'give-consent': {
    name: 'Give consent',
    says: (f) => `Agreed to the privacy text, version ${text(f.detail.consentVersion)}`,
  },
  'create-organization': {
    name: 'Add an organization',
    says: (f) => `Added the organization ${f.subject}`,
  },
  'edit-organization': {
    name: 'Edit an organization',
    says: (f) => `Edited ${f.subject}: ${changesIn('en', f.detail)}`,
  },
  'create-course': { name: 'Create a course', says: (f) => `Created the course ${f.subject}` },
  'name-author': { name: 'Name an author', says: (f) => `Named an author of ${f.subject}` },
  'release-author': {
    name: 'Release an author',
    says: (f) => `Took an author off the course ${f.subject}`,
  },
  'name-reviewer': {
    name: 'Name a reviewer',
    says: (f) => `Named a reviewer of the course ${f.subject}`,
  },
  'release-reviewer': {
    name: 'Release a reviewer',
    says: (f) => `Took a reviewer off the course ${f.subject}`,
  },
  'invite-partner': {
    name: 'Invite a partner',
    says: (f) => `Invited a partner to the course ${f.subject}`,
  },
  'accept-partnership': {
    name: 'Accept a partnership',
    says: (f) => `Accepted the partnership in ${f.subject}`,
  },
  'decline-partnership': {
    name: 'Decline a partnership',
    says: (f) => `Declined the partnership in ${f.subject}`,
  },
  'request-publication': {
    name: 'Ask for publication',
    says: (f) => `Put version ${text(f.detail.number)} of ${f.subject} forward for signatures`,
  },
  'sign-off': {
    name: 'Sign off',
    says: (f) => `Signed version ${text(f.detail.number)} of ${f.subject}`,
  },
  'withdraw-sign-off': {
    name: 'Take a signature back',
    says: (f) => `Took back the signature under version ${text(f.detail.number)} of ${f.subject}`,
  },
  'withdraw-publication': {
    name: 'Take a candidate back',
    says: (f) => `Took back the candidate for version ${text(f.detail.number)} of ${f.subject}`,
  },
  'leave-partnership': {
    name: 'Leave a partnership',
    says: (f) => `Left the partnership of ${f.subject}`,
  },
  'end-partnership': {
    name: 'End a partnership',
    says: (f) => `Ended a partnership of ${f.subject}`,
  },
  'open-chapter': {
    name: 'Open a chapter',
    says: (f) => `Opened “${text(f.detail.chapter)}” of ${f.subject} to all partners`,
  },
  'close-chapter': {
    name: 'Close a chapter',
    says: (f) => `Left “${text(f.detail.chapter)}” of ${f.subject} to its producer`,
  },
  'require-bureau-review': {
    name: 'Require the bureau’s signature',
    says: (f) => `Versions of ${f.subject} need the bureau’s signature`,
  },
  'waive-bureau-review': {
    name: 'Waive the bureau’s signature',
    says: (f) => `Versions of ${f.subject} need the bureau’s signature no more`,
  },
  'publish-course': {
    name: 'Publish a course',
    says: (f) => `Published version ${text(f.detail.number)} of ${f.subject}`,
  },
  'choose-poster': {
    name: 'Choose a poster',
    says: (f) => `Chose another poster for “${text(f.detail.filename)}” in ${f.subject}`,
  },
  'remove-media': {
    name: 'Remove a video',
    says: (f) => `Removed the video “${text(f.detail.filename)}” from ${f.subject}`,
  },
  'create-rule-set': {
    name: 'Make a rule set',
    says: (f) => `Made the rule set ${text(f.detail.name)}`,
  },
  'publish-rule-set-version': {
    name: 'Publish a rule version',
    says: (f) => `Published version ${text(f.detail.version)} of the rules ${text(f.detail.name)}`,
  },
  'create-class': { name: 'Open a class', says: (f) => `Opened the class ${f.subject}` },
  'edit-class': { name: 'Edit a class', says: (f) => `Edited the class ${f.subject}` },
  'switch-rule-set': {
    name: 'Switch rules',
    says: (f) =>
      `${f.subject} counts by ${versionIn(f.detail.to)} from ${text(f.detail.fromDay)} on, before by ${versionIn(f.detail.from)}. Reason: ${text(f.detail.reason)}`,
  },
  'export-recount': {
    name: 'Export a recount',
    says: (f) => `Exported what other rules make of ${f.subject}, ${text(f.detail.rows)} learners`,
  },
  'move-class-course': {
    name: 'Move to a version',
    says: (f) =>
      `Moved a course of ${f.subject} from version ${text(f.detail.from)} to ${text(f.detail.to)}`,
  },
  'apply-to-class': {
    name: 'Apply to a class',
    says: (f) => `${f.subject} applied to ${f.className}`,
  },
  'reject-application': {
    name: 'Reject an application',
    says: (f) => `Rejected the application of ${f.subject} to ${f.className}`,
  },
  'enroll-learner': {
    name: 'Enroll a learner',
    says: (f) => `${f.subject} was enrolled in ${f.className}`,
  },
  'withdraw-learner': {
    name: 'Withdraw a learner',
    says: (f) => `${f.subject} was withdrawn from ${f.className}`,
  },
  'make-appeal': {
    name: 'Appeal',
    says: (f) => `${f.subject} appealed about class hours of ${f.className}`,
  },
  'decide-appeal': {
    name: 'Answer an appeal',
    says: (f) =>
      `The appeal of ${f.subject} was ${text(f.detail.decision)}: ${text(f.detail.reason)}`,
  },
  'correct-class-hours': {
    name: 'Correct class hours',
    says: (f) =>
      `${signedTime(Number(f.detail.ms))} for ${f.subject} on ${text(f.detail.day)}: ${text(f.detail.reason)}`,
  },
  'complete-enrollment': {
    name: 'Complete a class',
    says: (f) => `${f.subject} reached what ${f.className} requires`,
  },
  'export-class-hours': {
    name: 'Export class hours',
    says: (f) => `Exported class-hour totals, ${text(f.detail.rows)} rows`,
  },
  'export-attribution': {
    name: 'Export production',
    says: (f) => `Exported who produced what, ${text(f.detail.rows)} rows`,
  },
  'note-signal': {
    name: 'Note what was found',
    says: (f) =>
      `Looked at a signal of ${f.subject} in ${f.className} and noted: ${text(f.detail.found)}`,
  },
  'export-class-signals': {
    name: 'Export signals',
    says: (f) => `Exported the signals of ${f.subject}, ${text(f.detail.rows)} rows`,
  },
  'export-evidence': {
    name: 'Export evidence',
    says: (f) =>
      `Exported the evidence of class hours${f.className ? ` of ${f.className}` : ' of the platform'}`,
  },
  'settle-class': {
    name: 'Settle class hours',
    says: (f) =>
      `Settled ${f.subject}, ${text(f.detail.from)} to ${text(f.detail.to)}, for ${text(f.detail.learners)} learners`,
  },
  'export-settlement': {
    name: 'Export a settlement',
    says: (f) => `Exported settlement ${text(f.detail.number)} of ${f.subject}`,
  },
};

export const auditMessages = defineMessages({
  zh: {
    title: '操作记录',
    intro: '谁、什么时候、做了什么。只增不改。',
    when: '时间',
    actor: '操作人',
    what: '做了什么',
    organization: '单位',
    action: '操作',
    anyAction: '全部操作',
    anyOrganization: '全部单位',
    from: '从哪天',
    to: '到哪天',
    filter: '筛选',
    platform: '平台',
    older: '再看更早的',
    newest: '回到最新',
    noMatch: {
      title: '没有符合的记录',
      what: '放宽日期，或者去掉一个条件。',
      clear: '去掉全部条件',
    },
    empty: { title: '还没有记录', what: '改角色、报名、班次、密码和导出时，这里会自动记下来。' },
    actions: zh,
  },
  en: {
    title: 'Audit log',
    intro: 'Who did what, and when. Entries are added, never changed.',
    when: 'When',
    actor: 'Who',
    what: 'What',
    organization: 'Organization',
    action: 'Action',
    anyAction: 'Any action',
    anyOrganization: 'Any organization',
    from: 'From day',
    to: 'To day',
    filter: 'Filter',
    platform: 'The platform',
    older: 'Older entries',
    newest: 'Back to the newest',
    noMatch: {
      title: 'No entry matches',
      what: 'Widen the days, or take away a filter.',
      clear: 'Take away all filters',
    },
    empty: {
      title: 'No entries yet',
      what: 'Changes of roles, enrollments, classes, passwords and every export are noted here by themselves.',
    },
    actions: en,
  },
});
