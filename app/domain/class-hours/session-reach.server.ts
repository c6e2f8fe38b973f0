import { sql } from 'kysely';
import type { LearnerStreamTable } from '~db/tables/class-hours';

type ReachColumn = 'ack_seq' | 'last_seq' | 'wall_to_ms' | 'in_touch';

/**
 * How far a session reaches, null where that is not known: of the one that plays its learner's row tells it, of all
 * others session_total. To be selected where both are joined, under their own names or these.
 */
export const reachOf = <Column extends ReachColumn>(
  column: Column,
  { stream = 'learner_stream', total = 'session_total' } = {},
) =>
  sql<
    LearnerStreamTable[Column]
  >`coalesce(${sql.ref(`${stream}.${column}`)}, ${sql.ref(`${total}.${column}`)})`;
