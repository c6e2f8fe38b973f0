/** The id of a lesson. */
export const LESSON_ID = /^[0-9a-f-]{36}$/;

/** An address within the platform under which people see a lesson: an author's, a learner's, or that of a text. */
const LESSON_ADDRESS =
  /^(?:https?:\/\/[^/]+)?\/(?:(?:teach\/courses|learn\/classes)\/[^/]+\/)?lessons\/([0-9a-f-]{36})(?:[/?#].*)?$/;

/** The lesson that an address in a text leads to; undefined for every other address. */
export function lessonOfLink(href: string): string | undefined {
  return LESSON_ADDRESS.exec(href)?.[1];
}
