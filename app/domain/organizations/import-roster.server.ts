import type { Db } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { recordAudit } from '../audit/record-audit.server';
import { enrollLearner } from '../classes/enroll-learner.server';
import { Conflict } from '../shared/errors';
import { addPeople, lockOrganization, type AddedPerson } from './add-people.server';
import { checkRosterDraft } from './check-roster-draft.server';
import { getRosterDraft, storeRosterRows, type RosterPlace } from './roster-draft.server';

export interface ImportedRoster {
  people: (AddedPerson & { login: string })[];
  /** Rows that stay in the draft to be repaired. */
  left: number;
}

/**
 * Adds the good rows of a draft, and enrolls them when it belongs to a class, all in one transaction;
 * bad rows stay in the draft. Posting it again adds nobody: Conflict('nothing-to-import').
 * Conflict('class-full') when the places do not suffice: then nobody went in.
 */
export function importRoster(
  db: Db,
  input: RosterPlace & { draftId: string; viewer: Viewer; now: number },
): Promise<ImportedRoster> {
  const { organization, classId, viewer, now } = input;
  return db.transaction().execute(async (trx) => {
    await lockOrganization(trx, organization.id);
    const draft = await getRosterDraft(trx, input);
    const { ready, bad } = await checkRosterDraft(trx, input, draft.rows);
    if (ready.length === 0) throw new Conflict('nothing-to-import');
    const added = await addPeople(trx, {
      organization,
      entries: ready.map(({ entry }) => entry),
      byPersonId: viewer.personId,
      now,
    });
    if (classId)
      for (const { personId } of added)
        await enrollLearner(trx, { classId, personId, byPersonId: viewer.personId, now });
    await storeRosterRows(
      trx,
      draft.id,
      bad.map(({ row }) => row),
    );
    await trx
      .updateTable('roster_draft')
      .set({ imported_at: now })
      .where('id', '=', draft.id)
      .execute();
    await recordAudit(trx, {
      at: now,
      actorId: viewer.personId,
      organizationId: organization.id,
      action: 'import-roster',
      subjectType: classId ? 'class' : 'organization',
      subjectId: classId ?? organization.id,
      detail: {
        people: added.length,
        new: added.filter(({ outcome }) => outcome === 'new').length,
        left: bad.length,
      },
    });
    return {
      people: added.map((person, n) => {
        const entry = ready[n]?.entry;
        const login = entry?.phone ?? `${organization.shortCode}/${entry?.staffNumber ?? ''}`;
        return { ...person, login };
      }),
      left: bad.length,
    };
  });
}
