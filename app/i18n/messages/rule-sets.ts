import { byKey } from '../by-key';
import { defineMessages } from '../locale';

const n = (value: number) => String(Math.round(value * 100) / 100);
const speed = (value: number) => (Number.isInteger(value) ? value.toFixed(1) : String(value));

export const ruleSetMessages = defineMessages({
  zh: {
    title: '学时规则',
    intro: '一套规则定下一学时多长、最快几倍速、一天最多计多少。发布后的版本不再改动。',
    list: {
      name: '规则',
      newest: '最新版本',
      published: '发布时间',
      classes: '在用的班',
      version: (number: number) => `第 ${number} 版`,
      add: '新建规则',
      sample: '示例',
      sampleHint: '示例随平台提供，不是哪个地方的规定。按本地文件新建自己的规则。',
    },
    settings: {
      minutesPerClassHour: '一学时',
      maxSpeed: '最快倍速',
      dailyCapMs: '每天最多',
      requireVisible: '页面要在眼前',
      offlineAllowanceMs: '断网也算',
      presence: '在场确认',
    },
    values: {
      minutesPerClassHour: (minutes: number) => `${minutes} 分钟`,
      maxSpeed: (value: number) => `${speed(value)} 倍`,
      cap: (hours: number) => `${n(hours)} 学时`,
      noCap: '不限',
      visible: '是，切走不计时',
      notVisible: '不要求',
      offline: (minutes: number) => `断网后 ${n(minutes)} 分钟`,
      presence: (from: number, to: number, answer: number, retry: number) =>
        `每学 ${from === to ? n(from) : `${n(from)}–${n(to)}`} 分钟问一次，${n(answer)} 秒内作答，答错 ${n(retry)} 秒后再问`,
      noPresence: '不问',
    },
    plain: {
      title: '这套规则怎么算',
      minutesPerClassHour: (minutes: number) => `认定满 ${minutes} 分钟是一学时。`,
      maxSpeed: (value: number) =>
        value > 1
          ? `最快可以用 ${speed(value)} 倍速，再快的部分不算看过。`
          : '按 1.0 倍速看，更快的部分不算看过。',
      cap: (hours: number) => `一天最多计 ${n(hours)} 学时，超出的改天再看照样计。`,
      noCap: '一天计多少不限。',
      visible: '页面要在眼前，切到别的应用时不计时。',
      notVisible: '页面不在眼前也计时。',
      offline: (minutes: number) => `断网后接着看 ${n(minutes)} 分钟也算，网好了会自动补上。`,
      presence: (from: number, to: number, answer: number) =>
        `每学 ${from === to ? n(from) : `${n(from)} 到 ${n(to)}`} 分钟问一次还在不在，${n(answer)} 秒内答对，时间一秒不少。`,
      noPresence: '学习中途不提问。',
    },
    detail: {
      back: '全部规则',
      classes: (count: number) => (count > 0 ? `${count} 个班在用` : '没有班在用'),
      publishedOn: (day: string) => `${day} 发布`,
      changed: '和上一版不同',
      first: '第一版',
      newest: '最新',
      was: (value: string) => `原来：${value}`,
      publish: '发布新版本',
      publishIntro: '已发布的版本不变，在用的班还按原来的版本计，直到有人在班次的“规则”里换版。',
      publishNow: (version: number) => `发布第 ${version} 版`,
      published: (version: number) => `第 ${version} 版发布了。班次可以从某天起换用它。`,
      stale: '有人先发布了新版本。你填的都还在下面，没有发布；和最新版对一下再发。',
      named: '这套规则的名字里写着数字。数字要变，最好新建一套规则。',
    },
    form: {
      newTitle: '新建学时规则',
      names: '名字',
      name: '中文名',
      nameHint: '2 到 60 个字，比如“鸢都市补贴培训规则”。',
      nameEn: '英文名',
      nameEnHint: '给用英文界面的人看。',
      counting: '怎么计',
      minutesPerClassHour: '一学时多少分钟',
      minutesPerClassHourHint: '30 到 90，常用 45。',
      maxSpeed: '最快倍速',
      maxSpeedHint: '1.0 到 2.0。用 2 倍速看完，只花了一半时间，也只计一半。',
      dailyCap: '每天最多计几学时',
      dailyCapHint: '留空就是不限，可以有一位小数；全天不超过 24 小时。',
      requireVisible: '页面在眼前才计时',
      requireVisibleHint: '切到别的应用或锁屏不计，画中画照计。',
      offlineMinutes: '断网后还算多少分钟',
      offlineMinutesHint: '1 到 1440。记录先存在学员手机里，网好了再传，在这段时间内的照计。',
      asking: '确认学员在场',
      presence: '学习中途提问，确认学员在场',
      presenceHint: '提问时视频会停下。',
      checkAfterMinMinutes: '最早学几分钟后问',
      checkAfterMaxMinutes: '最晚学几分钟后问',
      checkAfterHint: '1 到 120 分钟，在两者之间随机。',
      answerSeconds: '几秒内作答',
      answerSecondsHint: '30 到 600 秒，不长过断网时间。过了再答，从这时起到答对为止不计。',
      retrySeconds: '答错几秒后再问',
      retrySecondsHint: '5 到 300 秒。',
      create: '发布第 1 版',
      created: '规则建好了，第 1 版已发布，班次可以选用。',
    },
    recounts: {
      title: '换过规则，重算了',
      intro: '上面的学时已经按新规则算好，这里是每天差了多少。',
      decided: (by: string, day: string, reason: string) =>
        `${by}决定，${day}重算。理由：${reason}`,
    },
    errors: byKey({
      'name-length': '填 2 到 60 个字',
      'name-taken': '已经有规则叫这个名字，换一个',
      'unit-range': '填 30 到 90 的整数，一般填 45',
      'speed-range': '填 1.0 到 2.0，最多两位小数',
      'cap-range': '填学时数，最多一位小数；留空就是不限',
      'cap-over-day': '超过一天 24 小时了，填小一些',
      'offline-range': '填 1 到 1440 的整数分钟，一般填 30',
      'check-range': '填 1 到 120 的整数分钟',
      'check-order': '最晚不能早于最早，改大一些',
      'answer-range': '填 30 到 600 的整数秒，一般填 60',
      'answer-offline': '不能长过断网后还算的时间，改小一些',
      'retry-range': '填 5 到 300 的整数秒，一般填 20',
      'nothing-changed': '和最新版一样，没有发布。改了再发',
    }),
  },
  en: {
    title: 'Rule sets',
    intro:
      'A rule set says how long a class hour is, how fast one may watch and how much a day can earn. A published version never changes.',
    list: {
      name: 'Rule set',
      newest: 'Newest version',
      published: 'Published',
      classes: 'Classes using it',
      version: (number: number) => `Version ${number}`,
      add: 'New rule set',
      sample: 'Sample',
      sampleHint:
        'Samples come with the platform and are nobody’s law. Make your own from your region’s documents.',
    },
    settings: {
      minutesPerClassHour: 'Class hour',
      maxSpeed: 'Highest speed',
      dailyCapMs: 'At most a day',
      requireVisible: 'Page must be visible',
      offlineAllowanceMs: 'Counts offline',
      presence: 'Presence checks',
    },
    values: {
      minutesPerClassHour: (minutes: number) => `${minutes} min`,
      maxSpeed: (value: number) => `${speed(value)}x`,
      cap: (hours: number) => `${n(hours)} class hours`,
      noCap: 'no limit',
      visible: 'yes, time away does not count',
      notVisible: 'not asked for',
      offline: (minutes: number) => `${n(minutes)} min after the last contact`,
      presence: (from: number, to: number, answer: number, retry: number) =>
        `every ${from === to ? n(from) : `${n(from)}–${n(to)}`} min of study, to answer within ${n(answer)} s, again ${n(retry)} s after a wrong answer`,
      noPresence: 'none',
    },
    plain: {
      title: 'How these rules count',
      minutesPerClassHour: (minutes: number) => `${minutes} credited minutes are one class hour.`,
      maxSpeed: (value: number) =>
        value > 1
          ? `You may watch at up to ${speed(value)}x; what runs faster does not count as watched.`
          : 'You watch at 1.0x; what runs faster does not count as watched.',
      cap: (hours: number) =>
        `A day earns at most ${n(hours)} class hours; watch the rest on another day and it counts.`,
      noCap: 'A day has no limit.',
      visible: 'The page must be in view; time in another app does not count.',
      notVisible: 'Time counts also while the page is out of view.',
      offline: (minutes: number) =>
        `Without a network ${n(minutes)} more minutes count; they are sent when it is back.`,
      presence: (from: number, to: number, answer: number) =>
        `Every ${from === to ? n(from) : `${n(from)} to ${n(to)}`} minutes of study you are asked whether you are there; answered rightly within ${n(answer)} seconds it costs nothing.`,
      noPresence: 'Nobody asks you questions while you study.',
    },
    detail: {
      back: 'All rule sets',
      classes: (count: number) =>
        count > 0
          ? `${count} ${count === 1 ? 'class uses' : 'classes use'} it`
          : 'No class uses it',
      publishedOn: (day: string) => `published ${day}`,
      changed: 'differs from the version before',
      first: 'First version',
      newest: 'Newest',
      was: (value: string) => `was: ${value}`,
      publish: 'Publish a new version',
      publishIntro:
        'Published versions stay as they are, and classes go on counting by theirs until somebody switches them under Rules of the class.',
      publishNow: (version: number) => `Publish version ${version}`,
      published: (version: number) =>
        `Version ${version} is published. A class can switch to it from a day on.`,
      stale:
        'Somebody published a version first. Your entries are kept below and are not published; compare them with the newest.',
      named:
        'The name of this rule set has figures in it. For other figures, better make a new rule set.',
    },
    form: {
      newTitle: 'New rule set',
      names: 'Name',
      name: 'Chinese name',
      nameHint: '2 to 60 characters.',
      nameEn: 'English name',
      nameEnHint: 'For people who use the English pages.',
      counting: 'How it counts',
      minutesPerClassHour: 'Minutes in a class hour',
      minutesPerClassHourHint: '30 to 90, usually 45.',
      maxSpeed: 'Highest speed',
      maxSpeedHint: '1.0 to 2.0. Watched at 2x, a lesson takes half the time and earns half.',
      dailyCap: 'Class hours a day at most',
      dailyCapHint: 'Empty for no limit; one decimal at most, no more than 24 hours in all.',
      requireVisible: 'Count only while the page is visible',
      requireVisibleHint: 'Another app or a locked screen does not count; picture-in-picture does.',
      offlineMinutes: 'Minutes that count offline',
      offlineMinutesHint:
        '1 to 1440. What the phone keeps within this time counts when it is sent later.',
      asking: 'Presence',
      presence: 'Ask learners during study whether they are there',
      presenceHint: 'The video pauses under the question.',
      checkAfterMinMinutes: 'Earliest, after minutes',
      checkAfterMaxMinutes: 'Latest, after minutes',
      checkAfterHint: '1 to 120 minutes of study, at random between the two.',
      answerSeconds: 'Seconds to answer',
      answerSecondsHint:
        '30 to 600, not longer than the time offline. Later than that, time does not count until it is answered.',
      retrySeconds: 'Seconds until asked again',
      retrySecondsHint: '5 to 300, after a wrong answer.',
      create: 'Publish version 1',
      created: 'The rule set is made and version 1 is published; classes can choose it.',
    },
    recounts: {
      title: 'Counted anew under other rules',
      intro: 'The credit above has it already; this is by how much each day changed.',
      decided: (by: string, day: string, reason: string) =>
        `Decided by ${by}, counted anew ${day}. Reason: ${reason}`,
    },
    errors: byKey({
      'name-length': 'Enter 2 to 60 characters',
      'name-taken': 'Another rule set has this name; choose another',
      'unit-range': 'Enter a whole number from 30 to 90, usually 45',
      'speed-range': 'Enter 1.0 to 2.0, at most two decimals',
      'cap-range': 'Enter class hours with at most one decimal, or leave it empty',
      'cap-over-day': 'That is more than the 24 hours of a day; enter less',
      'offline-range': 'Enter whole minutes from 1 to 1440, usually 30',
      'check-range': 'Enter whole minutes from 1 to 120',
      'check-order': 'The latest cannot come before the earliest; enter more',
      'answer-range': 'Enter whole seconds from 30 to 600, usually 60',
      'answer-offline': 'It cannot be longer than the time that counts offline; enter less',
      'retry-range': 'Enter whole seconds from 5 to 300, usually 20',
      'nothing-changed': 'Nothing differs from the newest version; nothing was published',
    }),
  },
});
