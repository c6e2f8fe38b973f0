import { defineMessages } from '../locale';

export const rootMessages = defineMessages({
  zh: {
    productName: '匠学',
    demoBanner: '演示环境：人和单位都是虚构的，随时会清空',
    errors: {
      'not-found': {
        label: '找不到',
        title: '没有这一页',
        remedy: '地址可能写错了，或者它不归你看。回首页再找。',
      },
      forbidden: {
        label: '看不了这一页',
        title: '这一页不归你管',
        remedy: '要看它，让本单位管理员给你加上角色。',
      },
      unavailable: {
        label: '没有存上',
        title: '现在存不上',
        remedy: '没有改动任何内容，过几秒再试。',
      },
      offline: {
        label: '没有网络',
        title: '这一页还没打开过',
        remedy: '已经看过的时间存在这台设备上，联网后自动上传。连上网再刷新。',
      },
      other: {
        label: '出错了',
        title: '这里出错了',
        remedy: '已经保存的都还在。刷新再试；还不行，把下面的编号告诉管理员。',
      },
    },
    backHome: '回首页',
    errorNumber: '报修时报这个号：',
  },
  en: {
    productName: 'Jiangxue',
    demoBanner: 'Demo: people and organizations are invented, and may be cleared at any time',
    errors: {
      'not-found': {
        label: 'Not found',
        title: 'No such page',
        remedy:
          'The address may be wrong, or it is not yours to see. Start again from the home page.',
      },
      forbidden: {
        label: 'Not open to you',
        title: 'This page is not yours to manage',
        remedy: 'To see it, ask a manager of your organization for the role.',
      },
      unavailable: {
        label: 'Not saved',
        title: 'Cannot save right now',
        remedy: 'Nothing was changed; try again in a few seconds.',
      },
      offline: {
        label: 'No network',
        title: 'This page has not been opened before',
        remedy:
          'What you have watched is kept on this device and is sent once you are online. Connect and reload.',
      },
      other: {
        label: 'Error',
        title: 'Something went wrong here',
        remedy:
          'What was saved is still there. Reload; if it stays, tell your manager the number below.',
      },
    },
    backHome: 'Back to the home page',
    errorNumber: 'Quote this number when you report it:',
  },
});
