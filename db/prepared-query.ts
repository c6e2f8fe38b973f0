import type { Compilable, CompiledQuery, DialectAdapter } from 'kysely';
import type { Db } from './client.server';
import { keepText } from './kept-texts';

class Placeholder {
  constructor(readonly name: PropertyKey) {}
}

/**
 * A query whose SQL is built once for each engine instead of at every call: building one costs more than running
 * it. For what each page asks; `build` is given placeholders, so it may put the values into the query and
 * nothing else. The answer is the rows.
 */
export function prepareQuery<Values extends Record<string, string | number>, Row>(
  build: (db: Db, values: Values) => Compilable<Row>,
): (db: Db, values: Values) => Promise<Row[]> {
  const placeholders = new Proxy({} as Values, { get: (_none, name) => new Placeholder(name) });
  const built = new WeakMap<object, CompiledQuery<Row>>();
  return async (db, values) => {
    const engine: DialectAdapter = db.getExecutor().adapter;
    const query = built.get(engine.constructor) ?? build(db, placeholders).compile();
    if (!built.has(engine.constructor)) keepText(query.sql);
    built.set(engine.constructor, query);
    const parameters = query.parameters.map((parameter) =>
      parameter instanceof Placeholder ? values[parameter.name as string] : parameter,
    );
    return (await db.executeQuery<Row>({ ...query, parameters })).rows;
  };
}
