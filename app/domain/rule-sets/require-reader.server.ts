import { organizationsAs } from '../accounts/can';
import type { Viewer } from '../accounts/viewer.server';
import { Forbidden } from '../shared/errors';

/** Managers of any organization and bureau administrators may read the rule sets; throws Forbidden for others. */
export function requireReader(viewer: Viewer): void {
  if (viewer.administrator || organizationsAs(viewer, 'manager').length > 0) return;
  throw new Forbidden();
}
