import { redirect } from '@remix-run/node';
import { signedIn } from '~/web/page.server';

/** Sends everybody to where their work is. */
export const loader = signedIn(async ({ viewer }) => {
  if (viewer.memberships.some((m) => m.role === 'learner')) return redirect('/learn');
  if (viewer.memberships.some((m) => m.role === 'instructor')) return redirect('/teach/courses');
  return redirect('/manage/classes');
});
