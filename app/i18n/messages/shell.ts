import { defineMessages } from '../locale';

export const shellMessages = defineMessages({
  zh: {
    skip: '跳到正文',
    loading: '正在打开',
    tabs: { label: '主要页面', home: '首页', courses: '课程', study: '学习', me: '我的' },
    areas: { label: '切换工作', learn: '学习', teach: '备课', manage: '管理' },
    teach: { label: '备课', courses: '我的课程' },
    manage: {
      label: '管理',
      classes: '班次',
      people: '人员',
      classHours: '学时统计',
      partnerships: '合作邀请',
      ruleSets: '学时规则',
      organizations: '单位',
      audit: '操作记录',
    },
    account: '账号与密码',
    accountMenu: (name: string) => `${name}，账号菜单`,
    signIn: '登录',
    signOut: '退出登录',
    otherLanguage: 'English',
    back: '返回',
    pager: {
      label: '翻页',
      previous: '上一页',
      next: '下一页',
      position: (page: number, pages: number, total: number) =>
        `第 ${page} / ${pages} 页，共 ${total} 条`,
    },
  },
  en: {
    skip: 'Skip to the content',
    loading: 'Opening',
    tabs: { label: 'Main pages', home: 'Home', courses: 'Courses', study: 'Study', me: 'Me' },
    areas: { label: 'Switch work', learn: 'Learn', teach: 'Teach', manage: 'Manage' },
    teach: { label: 'Teaching', courses: 'My courses' },
    manage: {
      label: 'Managing',
      classes: 'Classes',
      people: 'People',
      classHours: 'Class hours',
      partnerships: 'Partnerships',
      ruleSets: 'Rule sets',
      organizations: 'Organizations',
      audit: 'Audit log',
    },
    account: 'Account and password',
    accountMenu: (name: string) => `${name}, account menu`,
    signIn: 'Sign in',
    signOut: 'Sign out',
    otherLanguage: '中文',
    back: 'Back',
    pager: {
      label: 'Pages',
      previous: 'Previous',
      next: 'Next',
      position: (page: number, pages: number, total: number) =>
        `Page ${page} of ${pages}, ${total} rows`,
    },
  },
});
