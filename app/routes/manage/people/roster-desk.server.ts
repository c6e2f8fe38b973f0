import {
  data,
  redirect,
  unstable_createMemoryUploadHandler as createMemoryUploadHandler,
  unstable_parseMultipartFormData as parseMultipartFormData,
} from '@remix-run/node';
import { maskLogin, showLogin } from '~/domain/accounts/show-login';
import { checkRosterDraft } from '~/domain/organizations/check-roster-draft.server';
import { importRoster } from '~/domain/organizations/import-roster.server';
import type { OrganizationRow } from '~/domain/organizations/list-organizations.server';
import {
  LARGEST_ROSTER_FILE,
  readRosterFile,
} from '~/domain/organizations/read-roster-file.server';
import { repairRoster, repairsOf } from '~/domain/organizations/repair-roster.server';
import { createRosterDraft, getRosterDraft } from '~/domain/organizations/roster-draft.server';
import { Conflict, NotFound } from '~/domain/shared/errors';
import { textFields } from '~/web/form.server';
import type { SignedInArgs } from '~/web/page.server';

/** Where the people of the roster go. */
export interface RosterDesk {
  organization: OrganizationRow;
  trainingClass: { id: string; title: string } | null;
}

const placeOf = (desk: RosterDesk) => ({
  organization: desk.organization,
  classId: desk.trainingClass?.id ?? null,
});

/** What the roster page shows: the upload form, or how the uploaded roster stands now. */
export async function showRoster({ request, context, viewer }: SignedInArgs, desk: RosterDesk) {
  const draftId = new URL(request.url).searchParams.get('draft');
  if (!draftId) return { ...desk, draft: undefined };
  const place = placeOf(desk);
  const now = context.clock.now();
  const draft = await getRosterDraft(context.db, { ...place, draftId, viewer, now });
  const { ready, bad, already } = await checkRosterDraft(context.db, place, draft.rows);
  return {
    ...desk,
    draft: {
      fileName: draft.fileName,
      rows: draft.rows.length,
      ready: ready.map(({ row, entry, isNew }) => ({
        row: row.row,
        name: entry.name,
        phone: maskLogin(entry.phone ?? ''),
        staffNumber: entry.staffNumber ?? '',
        role: entry.roles[0] ?? 'learner',
        isNew,
      })),
      bad: bad.map(({ row, faults }) => ({ row: row.row, values: row.values, faults })),
      already: already.length,
    },
  };
}

/** A file to check, repairs to keep, or the import itself. */
export async function answerRoster(args: SignedInArgs, desk: RosterDesk) {
  const { request, context, viewer } = args;
  if (request.headers.get('content-type')?.startsWith('multipart/form-data'))
    return receiveFile(args, desk);
  const fields = textFields(await request.formData());
  const draftId = new URL(request.url).searchParams.get('draft') ?? '';
  const whole = { ...placeOf(desk), draftId, viewer, now: context.clock.now() };
  try {
    if (fields.intent !== 'import') {
      await repairRoster(context.db, { ...whole, repairs: repairsOf(fields) });
      return redirect(new URL(request.url).search);
    }
    const { people, left } = await importRoster(context.db, whole);
    const codes = people.flatMap(({ name, login, startCode }) =>
      startCode ? [{ name, login: showLogin(login), code: startCode }] : [],
    );
    return data({ fault: undefined, imported: { people: people.length, left, codes } });
  } catch (error) {
    if (error instanceof Conflict) return refused(error.type, 409);
    if (error instanceof NotFound && error.type === 'roster-draft') return refused(error.type, 404);
    throw error;
  }
}

async function receiveFile({ request, context, viewer }: SignedInArgs, desk: RosterDesk) {
  if (Number(request.headers.get('content-length') ?? 0) > LARGEST_ROSTER_FILE + 16_384)
    return refused('too-large', 413);
  let file: unknown;
  try {
    const form = await parseMultipartFormData(
      request,
      createMemoryUploadHandler({ maxPartSize: LARGEST_ROSTER_FILE }),
    );
    file = form.get('file');
  } catch {
    return refused('too-large', 413);
  }
  if (!(file instanceof File) || file.size === 0) return refused('no-file', 422);
  const rows = await readRosterFile(new Uint8Array(await file.arrayBuffer()));
  if (typeof rows === 'string') return refused(rows, 422);
  const draftId = await createRosterDraft(context.db, {
    ...placeOf(desk),
    fileName: file.name,
    rows,
    viewer,
    now: context.clock.now(),
  });
  const to = new URL(request.url).searchParams;
  to.set('draft', draftId);
  return redirect(`?${to.toString()}`);
}

function refused(fault: string, status: number) {
  return data({ fault, imported: undefined }, { status });
}
