import { defineMessages } from '../locale';

const zh = {
  title: (lesson: string) => `给“${lesson}”换视频`,
  now: '现在用的',
  next: '要换上的',
  longer: (time: string) => `长了 ${time}`,
  shorter: (time: string) => `短了 ${time}`,
  same: '一样长',
  effects: '换了会怎样',
  hours: '学过的学时一分不少：同一节课的进度接着算，看过的部分不用重看。',
  classes: (count: number) =>
    count === 0
      ? '现在没有班次在用这一节。'
      : `${count} 个班次正在用这一节。它们留在现在的版本，发布后由班次管理员决定什么时候换。`,
  underWay: (count: number, enough: number) =>
    `${count} 人正在学这一节${enough > 0 ? `，其中 ${enough} 人看过的已经够新视频的 95%` : ''}。`,
  completed: (count: number, short: number) =>
    short > 0
      ? `${count} 人学完了。换到新版后再打开这一节，其中 ${short} 人要补看一段才又算学完。`
      : `${count} 人学完了，换到新版后还是学完。`,
  nobody: '还没有人学过这一节。',
  choice: '新视频讲的是',
  replace: '同样的内容，录得更好',
  replaceHint: '还是这一节，进度接着算',
  add: '别的内容',
  addHint: '另做一节，放在这一节后面；这一节不动',
  submitReplace: '换成这段视频',
  submitAdd: '做成新的一节',
  cancel: '不换了',
  stale: (name: string | null) => `${name ?? '有人'}刚改了这一节，视频没有换。看过最新的再决定。`,
};

const en: typeof zh = {
  title: (lesson) => `Another video for “${lesson}”`,
  now: 'Shown now',
  next: 'The new one',
  longer: (time) => `${time} longer`,
  shorter: (time) => `${time} shorter`,
  same: 'of the same length',
  effects: 'What will change',
  hours:
    'Class hours already earned stay: progress in the lesson goes on, nothing is watched twice.',
  classes: (count) =>
    count === 0
      ? 'No class uses this lesson now.'
      : `${count} ${count === 1 ? 'class uses' : 'classes use'} this lesson. They stay on their version until their managers move them to a published one.`,
  underWay: (count, enough) =>
    `${count} ${count === 1 ? 'person is' : 'people are'} in the middle of it${enough > 0 ? `; ${enough} of them have seen 95% of the new length already` : ''}.`,
  completed: (count, short) =>
    short > 0
      ? `${count} completed it. Once moved and opened again, ${short} of them must watch a little more.`
      : `${count} completed it, and still will have.`,
  nobody: 'Nobody has studied this lesson yet.',
  choice: 'The new video shows',
  replace: 'the same, recorded better',
  replaceHint: 'It stays this lesson, and progress goes on',
  add: 'something else',
  addHint: 'It becomes a lesson of its own after this one, which stays as it is',
  submitReplace: 'Use this video',
  submitAdd: 'Make it a new lesson',
  cancel: 'Leave it',
  stale: (name) =>
    `${name ?? 'Somebody'} has just changed this lesson, so the video was not replaced. Look again.`,
};

export const replaceVideoMessages = defineMessages({ zh, en });
