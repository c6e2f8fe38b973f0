import { defineMessages } from '../locale';

/** Who edits which part of a course that several organizations make. */
export const partRightsMessages = defineMessages({
  zh: {
    closedLesson: (name: string) =>
      `这一节由 ${name} 制作，由 ${name} 的作者修改。你可以看，也可以提修改建议。`,
    closedChapter: (name: string) =>
      `这一章由 ${name} 制作，由 ${name} 的作者修改。你可以看，也可以提修改建议。`,
    closedVideo: (name: string) =>
      `这个视频由 ${name} 制作，由 ${name} 的作者修改。你可以看，也可以提修改建议。`,
    closedSettings: (name: string) =>
      `课程设置由牵头单位 ${name} 的作者修改。你可以看，也可以提修改建议。`,
    author: (name: string) => `作者：${name}`,
    opening: '向合作单位开放编辑',
    openNow: '各参与单位的作者都能改这一章和里面的小节。',
    closedNow: '只有本单位的作者能改，合作单位的作者可以提修改建议。',
    openedBy: (name: string) => `${name} 开放了这一章，各参与单位的作者都能改。`,
    open: '开放',
    close: '收回',
    opened: '开放了。合作单位的作者现在就能改。',
    closed: '收回了。正开着这一章的合作单位作者，几秒内变为只读，写过的都在。',
    noChapterOfOwn: '先加一章，再往里加小节。别的单位的章没有开放，不能往里加。',
  },
  en: {
    closedLesson: (name) =>
      `${name} makes this lesson and its authors change it. You can read it and suggest changes.`,
    closedChapter: (name) =>
      `${name} makes this chapter and its authors change it. You can read it and suggest changes.`,
    closedVideo: (name) =>
      `${name} makes this video and its authors change it. You can watch it and suggest changes.`,
    closedSettings: (name) =>
      `Authors of ${name}, which leads the course, change its settings. You can suggest changes.`,
    author: (name) => `Author: ${name}`,
    opening: 'Open to all partners',
    openNow: 'Authors of every organization of the course edit this chapter and its lessons.',
    closedNow: 'Only authors of your organization edit it; authors of partners suggest changes.',
    openedBy: (name) => `${name} has opened this chapter: authors of every organization edit it.`,
    open: 'Open',
    close: 'Close',
    opened: 'Opened. Authors of your partners can edit it now.',
    closed:
      'Closed. Partners who have it open can only read within seconds; what they wrote is kept.',
    noChapterOfOwn:
      'Add a chapter first, then lessons in it. Chapters of other organizations are not open.',
  },
});
