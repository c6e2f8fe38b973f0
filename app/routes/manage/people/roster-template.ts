import { peopleMessages } from '~/i18n/messages/people';
import { rosterMessages } from '~/i18n/messages/roster';
import { writeRosterTemplate } from '~/domain/organizations/write-roster-template.server';
import { readLocale } from '~/web/locale.server';
import { signedIn } from '~/web/page.server';

/** The empty roster to fill in; its headers are Chinese in either language. */
export const loader = signedIn(async ({ request }) => {
  const forClass = new URL(request.url).searchParams.get('for') === 'class';
  const text = rosterMessages[readLocale(request)];
  const { columns } = rosterMessages.zh;
  const headers = [columns.name, columns.phone, columns.staffNumber];
  const file = await writeRosterTemplate({
    sheetName: text.template.sheet,
    headers: forClass ? headers : [...headers, columns.role],
    ...(forClass ? {} : { roles: Object.values(peopleMessages.zh.roles) }),
    notes: text.template.notes,
  });
  return new Response(new Uint8Array(file), {
    headers: {
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': `attachment; filename="roster.xlsx"; filename*=UTF-8''${encodeURIComponent(text.template.file)}`,
      'cache-control': 'private, no-store',
    },
  });
});
