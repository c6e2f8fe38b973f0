import { dayAt } from '~/domain/class-hours/platform-day';
import { ensureRuleSets } from '~/domain/classes/ensure-rule-sets.server';
import { DEFAULT_RULE_SET_VERSION_ID } from '~/domain/classes/sample-rule-sets';
import { newId } from '~/domain/shared/new-id.server';
import type { MediaStore } from '~/infra/media-store.server';
import { hashPassword, verifyPassword } from '~/infra/password-hash.server';
import type { Db } from '../client.server';
import { castPeople, type CastClass } from './cast';
import { castCourses } from './cast-courses';
import { installDemoMedia, readDemoMedia, type DemoMedia } from './demo-media.server';
import { seedClasses } from './seed-classes.server';
import { seedComments } from './seed-comments.server';
import { seedCourses } from './seed-courses.server';
import { seedHistory } from './seed-history.server';
import { seedPeople } from './seed-people.server';

/**
 * Makes the demo world in a database without people, in one transaction; returns whether it did.
 * The videos are copied into the media store first, so that no lesson ever points at nothing.
 */
export async function seedDemo(
  db: Db,
  store: MediaStore,
  settings: { password: string; zone: string },
  now: number,
): Promise<boolean> {
  const anybody = await db.selectFrom('person').select('id').limit(1).executeTakeFirst();
  if (anybody) return false;
  await ensureRuleSets(db, now);
  const media = new Map<string, { id: string; described: DemoMedia }>();
  for (const slug of castCourses.flatMap((c) =>
    c.chapters.flatMap((ch) => ch.lessons.flatMap((l) => l.slug ?? [])),
  )) {
    const id = newId();
    media.set(slug, { id, described: await readDemoMedia(slug) });
    await installDemoMedia(store, slug, id);
  }
  const passwordHash = await hashPassword(settings.password);
  await db.transaction().execute(async (trx) => {
    const people = await seedPeople(trx, passwordHash, now);
    const courses = await seedCourses(trx, people, media, now);
    const dayOf = (moment: number) => dayAt(moment, settings.zone).day;
    const classes = await seedClasses(trx, people, courses, RULE_SETS, dayOf, now);
    if (courses.diesel) await seedComments(trx, people, courses.diesel, now);
    await seedHistory(trx, people, courses, classes, settings.zone, now);
  });
  return true;
}

/** The samples that `ensureRuleSets` has put into the empty platform. */
const RULE_SETS: Record<CastClass['ruleSet'], string> = {
  standard: DEFAULT_RULE_SET_VERSION_ID,
  'double-speed': 'sample-up-to-2x-v1',
  'sixty-minutes': 'sample-60-minutes-v1',
};

/** Gives every account of the cast the demo password of this start; accounts that people added keep theirs. */
export async function applyDemoPassword(db: Db, password: string, now: number): Promise<void> {
  const accounts = await db
    .selectFrom('login_name')
    .innerJoin('person', 'person.id', 'login_name.person_id')
    .select(['person.id', 'person.password_hash'])
    .where(
      'login_name.login_name',
      'in',
      castPeople.map((p) => p.login),
    )
    .execute();
  const hashes = new Set(accounts.map((account) => account.password_hash));
  const [only] = hashes;
  if (hashes.size === 1 && only && (await verifyPassword(only, password))) return;
  if (accounts.length === 0) return;
  await db
    .updateTable('person')
    .set({ password_hash: await hashPassword(password), password_set_at: now })
    .where(
      'id',
      'in',
      accounts.map((account) => account.id),
    )
    .execute();
}
