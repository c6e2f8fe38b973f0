import { PostgresAdapter, sql, type Kysely } from 'kysely';

/**
 * On PostgreSQL each foreign key of a row that is inserted is looked up and locks the row it names: two writes a
 * beat instead of one. Whoever stores a beat has its session before them; what the key kept from happening
 * otherwise, a session going from under its beats, is kept by a trigger.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  if (!(db.getExecutor().adapter instanceof PostgresAdapter)) return;
  await db.schema.alterTable('beat').dropConstraint('beat_session_id_fkey').execute();
  await sql`
    create function keep_session_of_beats() returns trigger language plpgsql as $$
    begin
      if exists (select from beat where session_id = old.id) then
        raise exception 'the watch session % has beats', old.id using errcode = 'foreign_key_violation';
      end if;
      return case when tg_op = 'DELETE' then old else new end;
    end $$`.execute(db);
  await sql`
    create trigger keep_session_of_beats before delete or update of id on watch_session
    for each row execute function keep_session_of_beats()`.execute(db);
}
