import { defineMessages } from '../locale';

/** Writing a lesson's text together. */
export const lessonTextMessages = defineMessages({
  zh: {
    opening: '正在打开…',
    saved: '已保存',
    saving: '正在保存',
    waiting: '没有连接，继续写，连上后合并',
    reading: '只能看，不能改',
    refused: {
      'signed-out': '登录过期了，写的字留在这台设备上。重新登录后会合并进来。',
      forbidden: '你现在不能编辑这一节了。没保存的字还在这一页，要用先复制走。',
      gone: '这一节已经不在课程里了。没保存的字还在这一页，要用先复制走。',
      'too-large': '正文太长，存不下了。删掉一些再写，或分成两节；没保存的字还在这一页。',
    },
    signIn: '重新登录',
    kept: '上次没连上时写的字，已经合并进来了',
    editing: (count: number) => `${count} 人在编辑`,
    here: '在这一节的人',
    you: (name: string) => `${name}（你）`,
    reads: (name: string) => `${name}（只看）`,
  },
  en: {
    opening: 'Opening…',
    saved: 'Saved',
    saving: 'Saving',
    waiting: 'No connection. Keep writing; it merges when the line is back',
    reading: 'Read only',
    refused: {
      'signed-out':
        'Your sign-in has expired. What you wrote is kept on this device and merges after you sign in.',
      forbidden:
        'You can no longer edit this lesson. Unsaved words are still on this page; copy them if you need them.',
      gone: 'This lesson is no longer in the course. Unsaved words are still on this page; copy them if you need them.',
      'too-large':
        'The text is too long to store. Shorten it or split the lesson; unsaved words are still on this page.',
    },
    signIn: 'Sign in again',
    kept: 'What you wrote without a connection last time has been merged in',
    editing: (count: number) => (count === 1 ? '1 person is editing' : `${count} are editing`),
    here: 'People in this lesson',
    you: (name: string) => `${name} (you)`,
    reads: (name: string) => `${name} (reading)`,
  },
});
