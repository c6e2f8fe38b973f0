import { defineMessages } from '../locale';

/** Words looked up by a stored key, which may be unknown. */
const keyed = (words: Record<string, string>) => words;

/** What courses are called everywhere: levels, kinds, lengths. */
export const courseMessages = defineMessages({
  zh: {
    levels: keyed({
      entry: '入门',
      junior: '初级',
      intermediate: '中级',
      senior: '高级',
      technician: '技师',
      seniorTechnician: '高级技师',
    }),
    kinds: { video: '视频', article: '文章' },
    planned: (hours: string) => `${hours} 课时`,
    size: (chapters: number, lessons: number) => `${chapters} 章 ${lessons} 节`,
    made: (names: string[]) => `${names.join('、')}${names.length > 1 ? '共建' : '制作'}`,
    together: '共建',
    version: (number: number) => `第 ${number} 版`,
    chapterNumber: (number: number) => `第 ${number} 章`,
    fields: keyed({
      title: '标题',
      occupation: '职业（工种）',
      level: '等级',
      summary: '简介',
      cover: '封面图样',
      organizationId: '单位',
      authorId: '作者',
      producerOrganizationId: '制作单位',
    }),
    covers: keyed({
      engine: '发动机',
      caliper: '卡尺',
      lathe: '车床',
      weld: '焊接',
      plc: '梯形图',
      robot: '机械臂',
      gear: '齿轮',
      kite: '风筝',
    }),
    faults: keyed({
      required: '这一项要填',
      tooLong: '太长了，删短一点',
      notInvolved: '这家单位没有参与这门课，换一家',
      notAuthor: '这个人不是本课的作者，换一个',
      plannedMinutes: '填 1 到 480 的整数，不知道就空着',
    }),
  },
  en: {
    levels: keyed({
      entry: 'Entry',
      junior: 'Junior',
      intermediate: 'Intermediate',
      senior: 'Senior',
      technician: 'Technician',
      seniorTechnician: 'Senior technician',
    }),
    kinds: { video: 'Video', article: 'Article' },
    planned: (hours: string) => `${hours} planned hours`,
    size: (chapters: number, lessons: number) =>
      `${chapters} ${chapters === 1 ? 'chapter' : 'chapters'}, ${lessons} ${lessons === 1 ? 'lesson' : 'lessons'}`,
    made: (names: string[]) => `Made by ${names.join(' and ')}`,
    together: 'co-authored',
    version: (number: number) => `Version ${number}`,
    chapterNumber: (number: number) => `Chapter ${number}`,
    fields: keyed({
      title: 'Title',
      occupation: 'Occupation',
      level: 'Level',
      summary: 'Summary',
      cover: 'Cover drawing',
      organizationId: 'Organization',
      authorId: 'Author',
      producerOrganizationId: 'Produced by',
    }),
    covers: keyed({
      engine: 'Engine',
      caliper: 'Caliper',
      lathe: 'Lathe',
      weld: 'Welding',
      plc: 'Ladder diagram',
      robot: 'Robot arm',
      gear: 'Gears',
      kite: 'Kite',
    }),
    faults: keyed({
      required: 'This is needed',
      tooLong: 'Too long; shorten it',
      notInvolved: 'This organization is not part of the course; choose another',
      notAuthor: 'This person is no author of the course; choose another',
      plannedMinutes: 'A whole number from 1 to 480, or nothing',
    }),
  },
});
