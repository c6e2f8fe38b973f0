import { defineMessages } from '../locale';

const zh = {
  title: '待我处理',
  lead: '等你拿主意的建议、讨论、签字和邀请。处理完，就从这里消失。',
  kinds: { suggestion: '建议', thread: '讨论', 'sign-off': '签字', invitation: '合作邀请' },
  all: '全部',
  filter: '只看一类',
  counted: (word: string, count: number) => `${word} ${count}`,
  suggests: (place: string) => `建议改“${place}”`,
  spoke: (place: string) => `在“${place}”里说`,
  signs: (number: number) => `第 ${number} 版等你签字`,
  asked: '提交',
  invites: (own: string) => `邀请 ${own} 一起做这门课`,
  open: { suggestion: '去看建议', thread: '去回复', 'sign-off': '去签字', invitation: '去答复' },
  empty: '没有人在等你',
  emptyText: '有人提建议、提到你、等你签字或邀请本单位时，会出现在这里。',
  emptyKind: '这一类没有等你处理的',
  emptyKindText: '看看别的，也许有。',
  showAll: '看全部',
  toCourses: '去我的课程',
};

const en: typeof zh = {
  title: 'Waiting for me',
  lead: 'Colleagues wait for your word, your signature or your answer. What is settled leaves this list.',
  kinds: {
    suggestion: 'Suggestions',
    thread: 'Comments',
    'sign-off': 'Signatures',
    invitation: 'Invitations',
  },
  all: 'All',
  filter: 'Show one kind',
  counted: (word: string, count: number) => `${word} ${count}`,
  suggests: (place: string) => `suggests a change in “${place}”`,
  spoke: (place: string) => `said in “${place}”`,
  signs: (number: number) => `Version ${number} waits for your signature`,
  asked: 'asked',
  invites: (own: string) => `invites ${own} to make this course together`,
  open: {
    suggestion: 'See the suggestion',
    thread: 'Reply',
    'sign-off': 'Sign',
    invitation: 'Answer',
  },
  empty: 'Nobody waits for you',
  emptyText:
    'When somebody suggests a change, mentions you, needs your signature or invites you, it shows up here.',
  emptyKind: 'Nothing of this kind waits for you',
  emptyKindText: 'Have a look at the others.',
  showAll: 'Show all',
  toCourses: 'To my courses',
};

export const waitingMessages = defineMessages({ zh, en });
