import type { CastCourse } from './cast';

export const castCourses: CastCourse[] = [
  {
    key: 'diesel',
    title: '柴油发动机装配与调试',
    occupation: '柴油机装调工',
    level: 'intermediate',
    summary: '院校讲道理，企业讲现场：从车间安全、量具读数到曲轴主轴承间隙的测量。',
    cover: 'engine',
    lead: 'yuandu',
    partner: 'haidai',
    authors: [
      { login: 'teacher01', organization: 'yuandu' },
      { login: 'teacher02', organization: 'haidai' },
    ],
    chapters: [
      {
        title: '安全与量具',
        producer: 'yuandu',
        open: true,
        lessons: [
          {
            title: '车间安全五条',
            slug: 'workshop-safety',
            producer: 'yuandu',
            author: 'teacher01',
          },
          {
            title: '外径千分尺怎么读',
            slug: 'reading-a-micrometer',
            producer: 'yuandu',
            author: 'teacher01',
          },
          {
            title: '量具保养卡',
            producer: 'yuandu',
            author: 'teacher01',
            html: '<h2>用前</h2><p>擦净测砧和测杆，合拢后看零位。零位不准先校，不要记着差值硬算。</p><h2>用后</h2><ul><li>擦去手汗和切屑，薄薄上一层防锈油。</li><li>两测面之间留 0.5 毫米，不要拧紧存放。</li><li>放回盒里，离开磁铁和机床振动。</li></ul><p>量具掉过一次就送检，合格以前不再用。</p>',
          },
        ],
      },
      {
        title: '曲轴与轴承',
        producer: 'haidai',
        lessons: [
          {
            title: '曲轴的结构',
            slug: 'crankshaft-structure',
            producer: 'haidai',
            author: 'teacher02',
          },
          {
            title: '曲轴主轴承间隙的测量',
            slug: 'main-bearing-clearance',
            producer: 'haidai',
            author: 'teacher02',
          },
        ],
      },
    ],
  },
  {
    key: 'lathe',
    title: '数控车床对刀与首件加工',
    occupation: '车工',
    level: 'intermediate',
    summary: '从装夹、试切对刀到首件检验，跟着云门技师学院和峰源精密制造的师傅做一遍。',
    cover: 'lathe',
    lead: 'yunmen',
    partner: 'fengyuan',
    authors: [
      { login: 'teacher03', organization: 'yunmen' },
      { login: 'teacher04', organization: 'fengyuan' },
    ],
    chapters: [
      {
        title: '装夹与对刀',
        producer: 'yunmen',
        open: true,
        lessons: [
          {
            title: '三爪卡盘装夹',
            slug: 'three-jaw-chuck',
            producer: 'yunmen',
            author: 'teacher03',
          },
          {
            title: '试切对刀法',
            slug: 'trial-cut-tool-setting',
            producer: 'fengyuan',
            author: 'teacher04',
          },
          {
            title: '首件检验',
            slug: 'first-article-inspection',
            producer: 'yunmen',
            author: 'teacher03',
          },
        ],
      },
    ],
  },
  {
    key: 'welding',
    title: '焊接安全与氩弧焊入门',
    occupation: '焊工',
    level: 'junior',
    summary: '先学不受伤，再学焊得住：防护、气瓶、引弧和收弧。',
    cover: 'weld',
    lead: 'yuhe',
    authors: [{ login: 'teacher05', organization: 'yuhe' }],
    chapters: [
      {
        title: '上岗之前',
        producer: 'yuhe',
        lessons: [
          { title: '焊接安全', slug: 'welding-safety', producer: 'yuhe', author: 'teacher05' },
          {
            title: '氩弧焊入门',
            slug: 'tig-welding-basics',
            producer: 'yuhe',
            author: 'teacher05',
          },
        ],
      },
    ],
  },
];
