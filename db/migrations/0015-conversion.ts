import type { Kysely } from 'kysely';

/** How far a conversion is, what it made beside the renditions, and that an author took a video away. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const counts = ['previews', 'posters', 'poster'];
  await db.schema.alterTable('media').addColumn('percent', 'integer').execute();
  await db.schema.alterTable('media').addColumn('note', 'text').execute();
  await db.schema.alterTable('media').addColumn('audio_bitrate', 'integer').execute();
  for (const name of counts) {
    await db.schema
      .alterTable('media')
      .addColumn(name, 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
  }
  await db.schema
    .alterTable('media')
    .addColumn('removed_by', 'text', (c) => c.references('person.id'))
    .execute();
  await db.schema.alterTable('media').addColumn('removed_at', 'bigint').execute();
}
