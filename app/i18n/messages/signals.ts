import { byKey } from '../by-key';
import { defineMessages } from '../locale';

export const signalMessages = defineMessages({
  zh: {
    title: '留意',
    intro: '下面这些值得看一看，但证明不了什么。平台不会因此扣任何人的学时，怎么办由你决定。',
    kinds: {
      'shared-device': '同一台设备',
      'unserved-video': '没发过视频',
      'even-beats': '记录太整齐',
      'quick-answers': '答得太快',
      'wrong-answers': '连着答错',
      'long-day': '一天学很久',
      'night-study': '夜里学习',
      'other-class': '别的班也计了',
    },
    honest: {
      'shared-device': '教室或家里共用一台电脑，也会这样。',
      'unserved-video': '开着旧页面接着学，也可能这样。',
      'even-beats': '播放器的记录通常长短不一；很稳的设备也可能整齐一阵。',
      'quick-answers': '猜中也可能这么快。',
      'wrong-answers': '没看清题目，也会连着答错。',
      'long-day': '集中培训的日子，或者赶在结业前，也会学这么久。',
      'night-study': '上夜班的人常在这个时间学。',
      'other-class': '同一门课进了两个班，也会这样。学时各算各的。',
    },
    says: {
      outsider: '本单位以外的账号',
      elsewhere: '别的单位的班',
      device: (other: string, count: number, overlapping: number) =>
        overlapping > 0
          ? `${other}用过同一台设备：${count} 次挨得很近，其中 ${overlapping} 次时间重叠`
          : `${other}用过同一台设备：${count} 次前后挨得很近`,
      meeting: (mine: string, other: string) => `本人 ${mine}，对方 ${other}`,
      more: (count: number) => `还有 ${count} 次`,
      unserved: (span: string, sessions: number) =>
        `${span} 有 ${sessions} 次学习记录，平台却没有把这节视频发给过本人`,
      even: (span: string, beats: number, seconds: string) =>
        `${span} 连续 ${beats} 段记录，每段都正好 ${seconds} 秒，到达的间隔也一样`,
      quick: (answers: string) => `在场验证不到 1 秒就答了：${answers}`,
      answer: (at: string, seconds: string) => `${at} 用了 ${seconds} 秒`,
      wrong: (count: number, times: string) => `在场验证连着答错 ${count} 次：${times}`,
      longDay: (spent: string, credited: string, here: string) =>
        `各班合计学了 ${spent}，计入 ${credited}；本班 ${here}`,
      night: (span: string, time: string) => `${span} 之间学了 ${time}`,
      twice: (other: string, there: string, here: string) =>
        `这一节在${other}计入 ${there}，在本班计入 ${here}`,
      list: '、',
      detail: '：',
      apart: '；',
      named: (title: string) => `“${title}”`,
    },
    all: '全部',
    count: (label: string, count: number) => `${label} ${count}`,
    kind: '种类',
    showAll: '也显示看过的',
    hideSeen: '只看没看过的',
    export: (rows: number) => `导出这 ${rows} 条`,
    sheet: '留意',
    standing: (learners: number, waiting: number, at: string) =>
      waiting > 0
        ? `${learners} 人学过，${waiting} 人有新记录还没看到。上次看到 ${at}`
        : `${learners} 人的记录都看过了，看到 ${at}`,
    notYet: (learners: number) => `${learners} 人学过，还没看过他们的记录`,
    nobody: '还没有人学习',
    servedSince: (day: string) => `视频发给谁从 ${day} 起有记录，更早的学习不看这一条。`,
    refresh: '现在再看一遍',
    refreshed: (learners: number) =>
      learners > 0 ? `看了 ${learners} 人的新记录。` : '没有新记录，都看过了。',
    record: (name: string) => `${name}的学时`,
    explained: (title: string) => `《${title}》怎么算的`,
    seen: '看过了',
    note: '记下看过的结果',
    noteOf: (name: string, kind: string, day: string) => `记下${name} ${day} ${kind}的结果`,
    found: '看到了什么',
    foundHint: '比如：问过本人，是车间的公用电脑。只增不改，最多 500 字。',
    save: '记下',
    noted: '记下了，这一条收起来。以后又有新的，会再出现。',
    notedBy: (name: string, at: string) => `${name} ${at} 看过：`,
    empty: '没有要留意的',
    emptyText: '学员学习以后，几分钟内自动看一遍。',
    emptySeen: '没有还没看过的',
    emptySeenText: '看过的都收起来了，打开“也显示看过的”能再看到。',
    limits: '规则管不住的',
    limitsText:
      '有些事规则拦不住，只能给人看：照真实速度播放的程序，和认真看的人一个样；改过的浏览器可以说自己一直在前台；一个人拿几部手机用几个账号，在平台看来就是几个人；同事可以替他坐在屏幕前答题。这里没有列出来的，也不等于没有。能保证的是：谁也赚不到比真实时间更多的学时，凭据都留着。',
    columns: {
      learner: '学员',
      kind: '种类',
      day: '日期',
      what: '情况',
      lessons: '课件',
      notedBy: '谁看的',
      notedAt: '什么时候',
      found: '看到了什么',
    },
    errors: byKey({
      'found-empty': '写上看到了什么',
      'found-too-long': '最多 500 字，缩短一点',
    }),
  },
  en: {
    title: 'Worth a look',
    intro:
      'These are worth a look and prove nothing. The platform takes no class hours away for them; what to do is up to you.',
    kinds: {
      'shared-device': 'Same device',
      'unserved-video': 'Video never sent',
      'even-beats': 'Very even records',
      'quick-answers': 'Very quick answers',
      'wrong-answers': 'Wrong in a row',
      'long-day': 'Long day',
      'night-study': 'Night study',
      'other-class': 'Also in another class',
    },
    honest: {
      'shared-device':
        'A computer that people share in a classroom or at home looks like this, too.',
      'unserved-video': 'Somebody who studies on in an old page may look like this, too.',
      'even-beats':
        'What players send usually varies; a very steady device may be even for a while.',
      'quick-answers': 'A lucky guess can be this quick.',
      'wrong-answers': 'Somebody who misread the question can be wrong in a row.',
      'long-day': 'A day of full-time training, or the last days of a class, can be this long.',
      'night-study': 'People on the night shift often study at this hour.',
      'other-class': 'This happens when one course is part of two classes. Each counts for itself.',
    },
    says: {
      outsider: 'An account of another organization',
      elsewhere: 'a class of another organization',
      device: (other: string, count: number, overlapping: number) =>
        overlapping > 0
          ? `${other} used the same device: ${count} times close together, ${overlapping} of them at once`
          : `${other} used the same device: ${count} times shortly before or after`,
      meeting: (mine: string, other: string) => `this learner ${mine}, the other ${other}`,
      more: (count: number) => `and ${count} more`,
      unserved: (span: string, sessions: number) =>
        `${span}: ${sessions} sessions of study, but the video was never sent to this learner`,
      even: (span: string, beats: number, seconds: string) =>
        `${span}: ${beats} records in a row of exactly ${seconds} s each, arriving as evenly`,
      quick: (answers: string) => `Presence checks answered within a second: ${answers}`,
      answer: (at: string, seconds: string) => `${at} in ${seconds} s`,
      wrong: (count: number, times: string) =>
        `Presence checks answered wrongly ${count} times in a row: ${times}`,
      longDay: (spent: string, credited: string, here: string) =>
        `Studied ${spent} in all classes together, credited ${credited}; in this class ${here}`,
      night: (span: string, time: string) => `Studied ${time} between ${span}`,
      twice: (other: string, there: string, here: string) =>
        `This lesson is credited with ${there} in ${other} and with ${here} here`,
      list: ', ',
      detail: ': ',
      apart: '; ',
      named: (title: string) => `“${title}”`,
    },
    all: 'All',
    count: (label: string, count: number) => `${label} ${count}`,
    kind: 'Kind',
    showAll: 'Show those looked at, too',
    hideSeen: 'Hide those looked at',
    export: (rows: number) => `Export these ${rows}`,
    sheet: 'Worth a look',
    standing: (learners: number, waiting: number, at: string) =>
      waiting > 0
        ? `${learners} learners have studied; ${waiting} have new records. Last looked through ${at}`
        : `The records of all ${learners} learners are looked through, last ${at}`,
    notYet: (learners: number) =>
      `${learners} learners have studied; nothing is looked through yet`,
    nobody: 'Nobody has studied yet',
    servedSince: (day: string) =>
      `To whom videos are sent is recorded since ${day}; earlier study is left out of this.`,
    refresh: 'Look through again',
    refreshed: (learners: number) =>
      learners > 0
        ? `Looked through the new records of ${learners} learners.`
        : 'No new records; everything is looked through.',
    record: (name: string) => `Class hours of ${name}`,
    explained: (title: string) => `How ${title} is counted`,
    seen: 'Looked at',
    note: 'Note what you found',
    noteOf: (name: string, kind: string, day: string) => `Note on ${name}, ${day}, ${kind}`,
    found: 'What you found',
    foundHint:
      'Such as: asked them, it is the workshop’s shared computer. Added, never changed; at most 500 characters.',
    save: 'Note it',
    noted: 'Noted, and put away. It comes back when there is more of it.',
    notedBy: (name: string, at: string) => `${name}, ${at}: `,
    empty: 'Nothing to look at',
    emptyText: 'What learners study is looked through within minutes, by itself.',
    emptySeen: 'Nothing left to look at',
    emptySeenText: 'Those looked at are put away. Show them, too, to see them again.',
    limits: 'What no rule can stop',
    limitsText:
      'Some things can be shown, but not prevented: a script that plays in real time looks like a person who watches; a changed browser can claim that it was in front; one person with several phones and accounts is several learners to us; a colleague can sit in front of the screen and answer. What is not listed here may still have happened. What holds: nobody gains more than real time, and the evidence stays.',
    columns: {
      learner: 'Learner',
      kind: 'Kind',
      day: 'Day',
      what: 'What',
      lessons: 'Lessons',
      notedBy: 'By',
      notedAt: 'When',
      found: 'Found',
    },
    errors: byKey({
      'found-empty': 'Write what you found',
      'found-too-long': 'At most 500 characters; make it shorter',
    }),
  },
});
