import { expect, test } from 'vitest';
import { AUDIT_ACTIONS } from '~/domain/audit/audit-actions';
import { auditMessages } from '~/i18n/messages/audit';

const facts = { subject: '孙立明', className: '秋季 3 班', detail: {} };

test.each(AUDIT_ACTIONS)('%s has a name and a sentence in both languages', (action) => {
  for (const locale of ['zh', 'en'] as const) {
    const words = auditMessages[locale].actions[action];
    expect(words?.name).toBeTruthy();
    expect(words?.says(facts)).not.toMatch(/undefined|null|\[object/);
  }
  expect(auditMessages.en.actions[action]?.name).not.toMatch(/\p{Script=Han}/u);
});
