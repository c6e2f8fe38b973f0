import { accounts, leaving } from './access/accounts';
import type { Access } from './access/cells';
import { classes, ruleSets } from './access/classes';
import { courses, partnerships } from './access/courses';
import { learners } from './access/learners';
import { people, rosters } from './access/people';
import { programs } from './access/programs';

/** Every address x every role; e2e/access.test.ts walks it, e2e/face.test.ts looks at its pages. */
export const accessTable: Access[] = [
  ...accounts,
  ...learners,
  ...courses,
  ...people,
  ...rosters,
  ...classes,
  ...ruleSets,
  ...programs,
  ...partnerships,
  ...leaving,
];
