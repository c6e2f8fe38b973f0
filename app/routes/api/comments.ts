import { removeComment } from '~/domain/comments/remove-comment.server';
import { notAllowed, signedInApi } from '~/web/api.server';

/** DELETE /api/comments/{id}: its author takes it back, 204. */
export const action = signedInApi(async ({ request, params, context, viewer }) => {
  if (request.method !== 'DELETE') return notAllowed('DELETE');
  const commentId = params.id ?? '';
  await removeComment(context.db, viewer, { commentId, now: context.clock.now() });
  return new Response(null, { status: 204 });
});

export const loader = () => notAllowed('DELETE');
