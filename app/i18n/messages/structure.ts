import { defineMessages } from '../locale';

/** Moving chapters and lessons, alone and against each other. */
export const structureMessages = defineMessages({
  zh: {
    drag: (title: string) => `拖动“${title}”`,
    behind: (title: string, other: string) => `“${title}”现在排在“${other}”后面。`,
    first: (title: string) => `“${title}”现在排在最前面。`,
    conflict: {
      moved: (title: string, who: string) => `${who}先移动了“${title}”`,
      removed: (title: string, who: string) => `${who}已经删除了“${title}”`,
      gone: (title: string, who: string) => `“${title}”要去的位置，${who}刚改过`,
    },
    explain: '这次没有移动，谁的改动都没有丢。选一个：',
    somebody: '别人',
    theirs: '现在的位置',
    mine: '你要的位置',
    place: (chapter: string | null, after: string | null) =>
      `${chapter ? `“${chapter}”里，` : ''}${after ? `“${after}”后面` : '最前面'}`,
    end: (chapter: string) => `“${chapter}”最后`,
    keepTheirs: '就这样',
    useMine: '按我的移',
  },
  en: {
    drag: (title) => `Drag “${title}”`,
    behind: (title, other) => `“${title}” now stands behind “${other}”.`,
    first: (title) => `“${title}” now stands first.`,
    conflict: {
      moved: (title, who) => `${who} moved “${title}” first`,
      removed: (title, who) => `${who} has removed “${title}”`,
      gone: (title, who) => `${who} just changed the place where “${title}” was to go`,
    },
    explain: 'Nothing was moved and nothing is lost. Choose:',
    somebody: 'Somebody',
    theirs: 'Where it stands now',
    mine: 'Where you want it',
    place: (chapter, after) =>
      `${chapter ? `In “${chapter}”, ` : ''}${after ? `behind “${after}”` : 'first'}`,
    end: (chapter) => `At the end of “${chapter}”`,
    keepTheirs: 'Leave it',
    useMine: 'Move it my way',
  },
});
