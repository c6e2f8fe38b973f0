import { defineMessages } from '../locale';

const zh = {
  title: (course: string) => `《${course}》的新版本`,
  see: (number: number) => `第 ${number} 版改了什么`,
  seeOf: (title: string, number: number) => `看《${title}》第 ${number} 版改了什么`,
  back: '回到班次设置',
  newest: (number: number) => `班次用的第 ${number} 版就是最新的。`,
  stands: (number: number, newer: number, when: string) =>
    `班次留在第 ${number} 版，直到你把它换过去。第 ${newer} 版 ${when} 发布。`,
  kept: (learners: number, time: string) =>
    learners === 0
      ? '这个班还没有人在这门课里得到学时。'
      : `${learners} 名学员在这门课里得到的 ${time} 一分不少，换过去以后照样算。`,
  length: (before: string, after: string) => `视频总长：${before} → ${after}`,
  added: (count: number) => `多了 ${count} 节`,
  addedHint: '学员要学的多了，已得学时不变',
  removed: (count: number) => `少了 ${count} 节`,
  removedEarned: (learners: number, time: string) =>
    learners === 0 ? '没有人学过' : `${learners} 人学过，得到的 ${time} 照样算`,
  resized: (count: number) => `${count} 节时长变了`,
  resizedDone: (completed: number, short: number) =>
    completed === 0
      ? '还没有人学完'
      : short === 0
        ? `${completed} 人学完了，还是学完`
        : `${completed} 人学完了，其中 ${short} 人再打开时要补看一段才又算学完；学时不变`,
  others: '其他改动',
  notes: '作者怎么说',
  noteOf: (number: number) => `第 ${number} 版`,
  move: (number: number) => `换到第 ${number} 版`,
  stay: '先不换',
  moved: (number: number) => `班次换到第 ${number} 版了，已得的学时都在。`,
  stale: '有人先改了这个班次，没有换。下面是最新的，看过再换。',
};

const en: typeof zh = {
  title: (course) => `A newer version of ${course}`,
  see: (number) => `What version ${number} changes`,
  seeOf: (title, number) => `What version ${number} of ${title} changes`,
  back: 'Back to settings',
  newest: (number) => `The class is at version ${number}, which is the newest.`,
  stands: (number, newer, when) =>
    `The class stays at version ${number} until you move it. Version ${newer} was published ${when}.`,
  kept: (learners, time) =>
    learners === 0
      ? 'Nobody of this class has earned hours in this course yet.'
      : `${learners === 1 ? '1 learner keeps' : `${learners} learners keep`} all of the ${time} earned in this course; it counts after the move as before.`,
  length: (before, after) => `Video in all: ${before} → ${after}`,
  added: (count) => (count === 1 ? '1 lesson more' : `${count} lessons more`),
  addedHint: 'There is more to study; hours earned stay',
  removed: (count) => (count === 1 ? '1 lesson less' : `${count} lessons less`),
  removedEarned: (learners, time) =>
    learners === 0
      ? 'nobody studied it'
      : `${learners === 1 ? '1 person' : `${learners} people`} studied it; the ${time} earned still count`,
  resized: (count) =>
    count === 1 ? '1 lesson of another length' : `${count} lessons of another length`,
  resizedDone: (completed, short) =>
    completed === 0
      ? 'nobody completed it yet'
      : short === 0
        ? `${completed} completed it and stay so`
        : `${completed} completed it; ${short} of them will have a part left when they open it again; hours stay`,
  others: 'Other changes',
  notes: 'What its authors say',
  noteOf: (number) => `Version ${number}`,
  move: (number) => `Move to version ${number}`,
  stay: 'Not now',
  moved: (number) => `The class is at version ${number} now; all hours earned are there.`,
  stale: 'Somebody saved this class first; it was not moved. Look at what is below, then move it.',
};

export const courseMoveMessages = defineMessages({ zh, en });
