import { defineMessages } from '../locale';

const zh = {
  title: '上传为课时',
  hint: '选一个文件夹或一批视频，每个视频成为这一章的一节，按文件名里的编号排。',
  files: '选视频文件',
  folder: '选文件夹',
  drop: '或把文件夹拖到这里',
  dropNow: '松开就列出来',
  review: (count: number) => `这 ${count} 个视频会按这个顺序成为课时，标题可以先改`,
  name: (filename: string) => `${filename} 的标题`,
  leave: '不要这个',
  leaveNamed: (filename: string) => `不要这个：${filename}`,
  skipped: (count: number) => `${count} 个不是视频，没有列出。`,
  faulty: {
    empty: (filename: string) => `${filename} 是空的，没有列出。`,
    'not-a-video': (filename: string) => `${filename} 不是视频，没有列出。`,
    'cut-off': (filename: string) => `${filename} 没有录完或没有拷完，放不出来，没有列出。`,
  },
  resumed: (count: number) => `${count} 个上次没传完，已经接着传，不再另加课时。`,
  tooMany: (most: number) => `一次最多 ${most} 个，先列出前 ${most} 个。`,
  submit: (count: number) => `加上这 ${count} 节，开始上传`,
  cancel: '先不加',
  started: (count: number) =>
    `${count} 节加好了，视频传完一个就放进一节。离开这一页也行，回来再选同样的文件接着传。`,
  looking: '正在看这些文件能不能用',
  failed: '没有加上，什么都没有变。过几秒再试。',
};

const en: typeof zh = {
  title: 'Upload as lessons',
  hint: 'Choose a folder or several videos: each becomes a lesson of this chapter, in the order of the numbers in their names.',
  files: 'Choose videos',
  folder: 'Choose a folder',
  drop: 'or drop a folder here',
  dropNow: 'Let go to list them',
  review: (count) =>
    `These ${count} videos become lessons in this order; change the titles first if you like`,
  name: (filename) => `Title of ${filename}`,
  leave: 'Leave out',
  leaveNamed: (filename) => `Leave out: ${filename}`,
  skipped: (count) => `${count} are no videos and are not listed.`,
  faulty: {
    empty: (filename) => `${filename} is empty and is not listed.`,
    'not-a-video': (filename) => `${filename} is no video and is not listed.`,
    'cut-off': (filename) => `${filename} broke off and cannot be played; it is not listed.`,
  },
  resumed: (count) => `${count} had been cut short: they go on, without another lesson.`,
  tooMany: (most) => `Up to ${most} at a time: the first ${most} are listed.`,
  submit: (count) => `Add these ${count} lessons and upload`,
  cancel: 'Not now',
  started: (count) =>
    `${count} lessons added. Each video goes into its lesson when it has arrived. You may leave: choose the same files again to go on.`,
  looking: 'Looking whether these files can be used',
  failed: 'Nothing was added or changed. Try again in a few seconds.',
};

export const lessonsFromFilesMessages = defineMessages({ zh, en });
