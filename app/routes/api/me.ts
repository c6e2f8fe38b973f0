import { listStudiedLessons } from '~/domain/class-hours/list-studied-lessons.server';
import { notAllowed, signedInApi } from '~/web/api.server';

/** Who I am, my roles, and my enrollments with their lessons. */
export const loader = signedInApi(async ({ context, viewer }) => {
  const roles = viewer.memberships.map(({ organizationId, role }) => ({ organizationId, role }));
  const enrollments = await listStudiedLessons(context.db, viewer.personId);
  return Response.json({ id: viewer.personId, name: viewer.name, roles, enrollments });
});

export const action = () => notAllowed('GET');
