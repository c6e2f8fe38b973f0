import type { Db } from '~db/client.server';
import type { Viewer } from '../accounts/viewer.server';
import { loadSignalNames } from './load-signal-names.server';
import type { Evidence, SignalKind } from './signal';
import type { SignalFilter } from './signal-filter';

export interface SignalNote {
  signalId: string;
  found: string;
  notedBy: string;
  notedAt: number;
}

/** A signal as a page shows it; moments are epoch ms. */
export interface ListedSignal {
  id: string;
  enrollmentId: string;
  /** Of the learner. */
  name: string;
  day: string;
  measure: number;
  /** Looked at, and nothing came since. */
  seen: boolean;
  evidence: Evidence;
  lessons: { id: string; title: string }[];
  /** The other account or class, where the viewer may know it. */
  otherName: string | undefined;
  /** Newest first. */
  notes: SignalNote[];
}

/**
 * A class's signals by learner, the newest first, in a fixed number of queries whatever the size of the class. Names
 * of people and classes outside what the viewer manages are left out. The class is already the viewer's to manage.
 */
export async function listClassSignals(
  db: Db,
  viewer: Viewer,
  wanted: { classId: string; filter: SignalFilter; limit: number; offset: number },
): Promise<ListedSignal[]> {
  const rows = await shown(db, wanted)
    .innerJoin('enrollment', 'enrollment.id', 'signal.enrollment_id')
    .innerJoin('person', 'person.id', 'enrollment.person_id')
    .select((eb) => [
      'signal.id',
      'signal.enrollment_id as enrollmentId',
      'person.name',
      'signal.day',
      'signal.measure',
      'signal.evidence',
      eb
        .selectFrom('signal_note')
        .select(({ fn }) => fn.max('signal_note.measure').as('measure'))
        .whereRef('signal_note.signal_id', '=', 'signal.id')
        .as('seenMeasure'),
    ])
    .orderBy('person.name')
    .orderBy('signal.enrollment_id')
    .orderBy('signal.day', 'desc')
    .orderBy('signal.id')
    .limit(wanted.limit)
    .offset(wanted.offset)
    .execute();
  const found = rows.map((row) => ({ ...row, evidence: JSON.parse(row.evidence) as Evidence }));
  const names = await loadSignalNames(
    db,
    viewer,
    found.map(({ evidence }) => evidence),
  );
  const notes = await listNotes(
    db,
    found.map(({ id }) => id),
  );
  return found.map(({ seenMeasure, ...row }) => ({
    ...row,
    evidence: withoutIds(row.evidence),
    seen: seenMeasure !== null && seenMeasure >= row.measure,
    lessons: row.evidence.lessons.map((id) => ({ id, title: names.get(id) ?? '' })),
    otherName: names.get(otherOf(row.evidence) ?? ''),
    notes: notes.get(row.id) ?? [],
  }));
}

/** How many signals of each kind a class has, looked at or not as the filter says; kinds without any are left out. */
export async function countClassSignals(
  db: Db,
  wanted: { classId: string; filter: Pick<SignalFilter, 'show'> },
): Promise<Map<SignalKind, number>> {
  const rows = await shown(db, { ...wanted, filter: { ...wanted.filter, kind: '' } })
    .select(({ fn }) => ['signal.kind', fn.countAll<number>().as('signals')])
    .groupBy('signal.kind')
    .execute();
  return new Map(rows.map((row) => [row.kind as SignalKind, Number(row.signals)]));
}

/** Whether a class has any signal, looked at or not. */
export async function hasSignals(db: Db, classId: string): Promise<boolean> {
  const row = await shown(db, { classId, filter: { kind: '', show: 'all' } })
    .select('signal.id')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

function shown(
  db: Db,
  { classId, filter }: { classId: string; filter: Pick<SignalFilter, 'kind' | 'show'> },
) {
  return db
    .selectFrom('signal')
    .where('signal.class_id', '=', classId)
    .$if(filter.kind !== '', (query) => query.where('signal.kind', '=', filter.kind))
    .$if(filter.show === 'open', (query) =>
      query.where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('signal_note')
              .select('signal_note.id')
              .whereRef('signal_note.signal_id', '=', 'signal.id')
              .whereRef('signal_note.measure', '>=', 'signal.measure'),
          ),
        ),
      ),
    );
}

/** Whom it is about is told by name, or not at all. */
function withoutIds(evidence: Evidence): Evidence {
  if (evidence.kind === 'shared-device') return { ...evidence, otherPersonId: '' };
  if (evidence.kind === 'other-class') return { ...evidence, otherEnrollmentId: '' };
  return evidence;
}

function otherOf(evidence: Evidence): string | undefined {
  if (evidence.kind === 'shared-device') return evidence.otherPersonId;
  if (evidence.kind === 'other-class') return evidence.otherEnrollmentId;
  return undefined;
}

async function listNotes(db: Db, signalIds: string[]): Promise<Map<string, SignalNote[]>> {
  const found = new Map<string, SignalNote[]>();
  if (signalIds.length === 0) return found;
  const rows = await db
    .selectFrom('signal_note')
    .innerJoin('person', 'person.id', 'signal_note.noted_by')
    .select([
      'signal_note.signal_id as signalId',
      'signal_note.found',
      'person.name as notedBy',
      'signal_note.noted_at as notedAt',
    ])
    .where('signal_note.signal_id', 'in', signalIds)
    .orderBy('signal_note.id', 'desc')
    .execute();
  for (const row of rows) {
    const known = found.get(row.signalId);
    if (known) known.push(row);
    else found.set(row.signalId, [row]);
  }
  return found;
}
