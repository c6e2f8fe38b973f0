import { organizationsAs } from '~/domain/accounts/can';
import type { Viewer } from '~/domain/accounts/viewer.server';

/** What the frame around a page shows of the person: the name and the areas they work in. */
export function shellOf(viewer: Viewer) {
  const teach = organizationsAs(viewer, 'instructor').length > 0;
  const manage = viewer.administrator || organizationsAs(viewer, 'manager').length > 0;
  const learn = organizationsAs(viewer, 'learner').length > 0 || !(teach || manage);
  return { name: viewer.name, learn, teach, manage, administrator: viewer.administrator };
}
