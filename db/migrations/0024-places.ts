import type { Kysely } from 'kysely';

/** How often a chapter or a lesson was moved, and by whom last. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ['chapter', 'lesson']) {
    const part = () => db.schema.alterTable(table);
    await part()
      .addColumn('place_version', 'integer', (c) => c.notNull().defaultTo(1))
      .execute();
    await part()
      .addColumn('placed_by', 'text', (c) => c.references('person.id'))
      .execute();
    await part().addColumn('placed_at', 'bigint').execute();
  }
}
