import { defineMessages } from '../locale';

const zh = {
  must: (count: number) => `必须改好：${count} 处`,
  should: (count: number) => `最好改好：${count} 处`,
  shouldHint:
    '这些没做到也能发布，但要在下面写明原因。原因和没做到的，会和版本一起留着，审稿人签字前看得到。',
  done: '清单上的都做到了：视频能看、有字幕，小节有作者、有计划时长，链接打得开。',
  more: (count: number) => `另外 ${count} 节`,
  noLesson: '课程里还没有小节',
  noVideo: '没有视频',
  notPlayable: (state: string) => `视频${state}`,
  noText: '没有正文',
  lostLesson: (url: string) => `链接的小节不在草稿里：${url}`,
  noCaptions: '没有字幕',
  authorLeft: '作者不再是本课的作者',
  noPlan: '没填计划时长',
  unchecked: (url: string) => `链接正等着检查：${url}`,
  fails: (url: string, status: string, when: string) => `链接打不开（${status}，${when}）：${url}`,
  noAnswer: '没有回应',
  recheck: '重新检查链接',
  noteNeeded: '写明为什么没做到也要发布',
  note: '这一版改了什么；没做到的，为什么先发布（必填，会和版本一起留着）',
  frozen: (count: number) => `定稿时没做到的：${count} 处`,
  published: (count: number) => `发布时没做到的：${count} 处`,
  planned: '计划时长（分钟）',
  plannedHint: '这一节打算讲多久，和录好的时长分开统计',
  plannedMinutes: (minutes: number) => `计划 ${minutes} 分钟`,
};

const en: typeof zh = {
  must: (count) => (count === 1 ? '1 thing to repair first' : `${count} things to repair first`),
  should: (count) =>
    count === 1 ? '1 thing better done first' : `${count} things better done first`,
  shouldHint:
    'It can be published without these, with the reason below. The reason and this list stay with the version, and reviewers see them before they sign.',
  done: 'Everything on the list is done: videos can be watched and have captions, lessons have an author and a planned length, links work.',
  more: (count) => (count === 1 ? '1 more lesson' : `${count} more lessons`),
  noLesson: 'The course has no lesson yet',
  noVideo: 'No video',
  notPlayable: (state) => `Video: ${state}`,
  noText: 'No text',
  lostLesson: (url) => `Links to a lesson that is not in the draft: ${url}`,
  noCaptions: 'No captions',
  authorLeft: 'Its author is no longer an author of the course',
  noPlan: 'No planned length',
  unchecked: (url) => `Link waits to be checked: ${url}`,
  fails: (url, status, when) => `Link does not work (${status}, ${when}): ${url}`,
  noAnswer: 'no answer',
  recheck: 'Check links again',
  noteNeeded: 'Say why it is published although this is open',
  note: 'What this version changes, and why it is published with points open (required; kept with the version)',
  frozen: (count) =>
    count === 1 ? '1 point open when frozen' : `${count} points open when frozen`,
  published: (count) =>
    count === 1 ? '1 point open when published' : `${count} points open when published`,
  planned: 'Planned length (minutes)',
  plannedHint: 'How long this lesson is meant to be; counted apart from what was recorded',
  plannedMinutes: (minutes) => `${minutes} min planned`,
};

export const checkListMessages = defineMessages({ zh, en });
