import { uuidv7 } from 'uuidv7';

/** A new id: sortable random text (UUIDv7), so that later rows sort after earlier ones. */
export function newId(): string {
  return uuidv7();
}
