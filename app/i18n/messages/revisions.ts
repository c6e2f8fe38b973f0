import { defineMessages } from '../locale';

const zh = {
  title: '历史',
  lead: '谁、代表哪个单位、什么时候改了什么。哪一步都能恢复，恢复本身也会记下来。',
  all: '整门课',
  ofLesson: (title: string) => `“${title}”的历史`,
  showAll: '看整门课的历史',
  empty: '还没有改动。改了以后，每一步都会留在这里。',
  outline: '课程信息和目录',
  span: (from: string, to: string) => (from === to ? to : `${from} 到 ${to.slice(11)}`),
  by: (name: string, organization: string | undefined) =>
    organization ? `${name}，${organization}` : name,
  suggested: (names: readonly string[]) => `采纳了${names.join('、')}的建议`,
  open: '看改了什么',
  openNamed: (title: string, when: string) => `看 ${when} 改了什么：${title}`,
  named: (name: string) => `“${name}”`,
  back: '回到历史',
  first: '这是留下的最早的样子。',
  words: '改了什么',
  text: '正文',
  nothing: '只改了写法，读起来没有不同。',
  removed: '删去：',
  added: '加上：',
  name: '给这一刻起个名字，方便以后找',
  nameSubmit: '记下名字',
  nameSaved: '名字记下了。',
  restoreLesson: '把这一节恢复成这样',
  restoreCourse: '整门课恢复到这一刻',
  restoreHint: '恢复是一次新的改动：现在的内容留在历史里，已经发布的版本和学时都不变。',
  restored: '恢复好了。恢复前的内容还在历史里。',
  leftAlone: '别的单位制作、没有开放的章节没有动。',
  videoGone: '正文和标题恢复了。那时的视频已经彻底去掉，现在的视频没有动。',
  refused: {
    'stale-save': '同事刚刚改了这门课，没有恢复完。看看现在的样子，需要的话再恢复一次。',
    'no-outline': '那一刻的目录没有留下，什么都没有改。',
  },
};

const en: typeof zh = {
  title: 'History',
  lead: 'Who changed what, for which organization, and when. Every step can be restored, and restoring is kept too.',
  all: 'The whole course',
  ofLesson: (title) => `History of “${title}”`,
  showAll: 'History of the whole course',
  empty: 'Nothing was changed yet. Every change will stay here.',
  outline: 'Course details and outline',
  span: (from, to) => (from === to ? to : `${from} to ${to.slice(11)}`),
  by: (name, organization) => (organization ? `${name}, ${organization}` : name),
  suggested: (names: readonly string[]) => `accepted a suggestion of ${names.join(', ')}`,
  open: 'See the change',
  openNamed: (title, when) => `See the change of ${when}: ${title}`,
  named: (name) => `“${name}”`,
  back: 'Back to the history',
  first: 'This is the earliest state that was kept.',
  words: 'What was changed',
  text: 'Text',
  nothing: 'Only how it is written changed; it reads the same.',
  removed: 'Removed: ',
  added: 'Added: ',
  name: 'Give this moment a name to find it again',
  nameSubmit: 'Keep the name',
  nameSaved: 'The name is kept.',
  restoreLesson: 'Restore the lesson to this',
  restoreCourse: 'Restore the whole course to this moment',
  restoreHint:
    'Restoring is a change of its own: what is there now stays in the history; published versions and class hours stay as they are.',
  restored: 'Restored. What was there before is in the history.',
  leftAlone: 'Parts that other organizations make and have not opened are as they were.',
  videoGone:
    'Title and text are restored. The video of then was taken away for good; the present one stays.',
  refused: {
    'stale-save':
      'A colleague changed the course just now; not everything was restored. Look at it, then restore again.',
    'no-outline': 'The outline of that moment was not kept. Nothing was changed.',
  },
};

export const revisionMessages = defineMessages({ zh, en });
