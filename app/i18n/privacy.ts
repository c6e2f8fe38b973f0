/** The privacy text that a person consents to at the first sign-in; a change needs a new version. */
export const privacy = {
  version: '2026-11',
  zh: ['平台只保存计算学时所需的资料。'],
  en: ['The platform keeps only what class hours need.'],
};
