import { defineMessages } from '../locale';

/** Who has a course's editor open, and what happens there under one's hands. */
export const courseDraftMessages = defineMessages({
  zh: {
    here: '在这门课里的人',
    isHere: (name: string, organization: string) =>
      `${name} ${organization} 在这里`.replace('  ', ' '),
    more: (count: number) => `+${count}`,
    moreHere: (count: number) => `还有 ${count} 人在这里`,
    count: (count: number) => `${count} 人在这门课里`,
    gone: {
      lesson: '这一节不在课程里了',
      chapter: '这一章不在课程里了',
      remedy: '它刚被删除，或者地址不对。删除的内容留在“历史”里，作者可以恢复；你写的正文没有丢。',
      history: '看历史',
      start: '回到课程',
    },
  },
  en: {
    here: 'People in this course',
    isHere: (name, organization) => `${name} ${organization} is here`.replace('  ', ' '),
    more: (count) => `+${count}`,
    moreHere: (count) => `${count} more ${count === 1 ? 'is' : 'are'} here`,
    count: (count) => `${count} ${count === 1 ? 'person' : 'people'} in this course`,
    gone: {
      lesson: 'This lesson is no longer in the course',
      chapter: 'This chapter is no longer in the course',
      remedy:
        'It has just been removed, or the address is wrong. What was removed is kept in the history, where an author can restore it; the text you wrote is not lost.',
      history: 'See the history',
      start: 'Back to the course',
    },
  },
});
