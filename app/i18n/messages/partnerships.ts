import { defineMessages } from '../locale';

const keyed = (words: Record<string, string>) => words;

/** Inviting a partner, answering, leaving. */
export const partnershipMessages = defineMessages({
  zh: {
    terms: '写几句话，定章节和期限（可以不填）',
    message: '给对方的话',
    messageHint: '为什么找他们，分工怎么想。可以不写。',
    chapters: '请对方制作的章',
    chaptersHint: '一行一个章名。对方接受后成为对方的空章，由对方的作者来写。可以不写。',
    endsOn: '合作到哪一天',
    endsOnHint: '这天过后对方自动退出，不能再编辑；做好的内容和署名都留下。不填就一直合作。',
    faults: keyed({
      required: '每行写一个章名。',
      tooLong: '太长了：话最多 500 字，章名最多 60 字，最多 20 章。',
      noDay: '日期要写成 2026-12-31 这样。',
      passed: '这一天已经过了，选以后的日子。',
    }),
    asked: '请你们制作',
    until: (day: string) => `合作到 ${day}`,
    noEnd: '没有定结束日期',
    saysOf: (name: string) => `${name} 的话`,
    declineWhy: '为什么不接受',
    declineWhyHint: '对方看得到。可以不写。',
    declineOpen: '不接受…',
    declineSubmit: '不接受',
    reason: (text: string) => `原因：${text}`,
    left: '已退出',
    leftOn: (when: string) => `${when} 退出`,
    leaveOpen: '退出合作…',
    leaveText:
      '退出后，本单位的作者和审稿人马上不能再编辑和签字。做好的内容留在课程里，署名不变，由牵头单位继续维护。',
    leaveSubmit: '退出合作',
    endOpen: '结束合作…',
    endText: (name: string) =>
      `结束后，${name} 的作者和审稿人马上不能再编辑和签字。他们做的内容留在课程里，署名不变，由本单位继续维护、代签。`,
    endSubmit: '结束合作',
    ended: '合作结束了。做好的内容和署名都在。',
    alreadyLeft: '合作已经结束，没有改动。',
  },
  en: {
    terms: 'A message, chapters and a last day (optional)',
    message: 'Your message',
    messageHint: 'Why you ask them, and how you would share the work. Optional.',
    chapters: 'Chapters you ask them to make',
    chaptersHint:
      'One title a line. They become empty chapters of theirs once they accept. Optional.',
    endsOn: 'Last day of the partnership',
    endsOnHint:
      'After it they can edit no more; what they made stays, under their name. Leave empty for no end.',
    faults: keyed({
      required: 'Write one chapter title a line.',
      tooLong: 'Too long: 500 characters of message, 60 a title, 20 chapters at most.',
      noDay: 'Write the day like 2026-12-31.',
      passed: 'That day has passed; choose a later one.',
    }),
    asked: 'You are asked to make',
    until: (day) => `Until ${day}`,
    noEnd: 'No last day is set',
    saysOf: (name) => `${name} writes`,
    declineWhy: 'Why you decline',
    declineWhyHint: 'They can read it. Optional.',
    declineOpen: 'Decline…',
    declineSubmit: 'Decline',
    reason: (text) => `Reason: ${text}`,
    left: 'Left',
    leftOn: (when) => `Left ${when}`,
    leaveOpen: 'Leave the partnership…',
    leaveText:
      'Your authors and reviewers can edit and sign no more, at once. What you made stays in the course under your name; the lead organization looks after it.',
    leaveSubmit: 'Leave',
    endOpen: 'End the partnership…',
    endText: (name) =>
      `Authors and reviewers of ${name} can edit and sign no more, at once. What they made stays under their name; you look after it and sign for it.`,
    endSubmit: 'End it',
    ended: 'The partnership has ended. What was made is there, under the names of its makers.',
    alreadyLeft: 'It had ended already; nothing was changed.',
  },
});
