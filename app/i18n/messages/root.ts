import { defineMessages } from '../locale';

export const rootMessages = defineMessages({
  zh: {
    productName: '匠学',
    demoBanner: '演示环境：人和单位都是虚构的，随时会清空',
    errors: {
      'not-found': { title: '没有这一页', remedy: '地址可能写错了，或者它不归你看。回首页再找。' },
      forbidden: { title: '这一页不归你管', remedy: '要看它，请本单位管理员给你加上角色。' },
      unavailable: { title: '现在存不上', remedy: '没有改动任何内容，过几秒再试。' },
      other: {
        title: '这里出错了',
        remedy: '已经保存的都还在。刷新再试；还不行，把下面的编号告诉管理员。',
      },
    },
    backHome: '回首页',
  },
  en: {
    productName: 'Jiangxue',
    demoBanner: 'Demo: people and organizations are invented, and may be cleared at any time',
    errors: {
      'not-found': {
        title: 'No such page',
        remedy:
          'The address may be wrong, or it is not yours to see. Start again from the home page.',
      },
      forbidden: {
        title: 'This page is not yours to manage',
        remedy: 'To see it, ask a manager of your organization for the role.',
      },
      unavailable: {
        title: 'Cannot save right now',
        remedy: 'Nothing was changed; try again in a few seconds.',
      },
      other: {
        title: 'Something went wrong here',
        remedy:
          'What was saved is still there. Reload; if it stays, tell your manager the number below.',
      },
    },
    backHome: 'Back to the home page',
  },
});
