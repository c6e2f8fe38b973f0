import { resolutionForm } from '~/domain/comments/comment-forms';
import { resolveThread } from '~/domain/comments/resolve-thread.server';
import { notAllowed, readJson, signedInApi } from '~/web/api.server';

/** PUT /api/comment-threads/{id}/resolution closes a thread or opens it again: 204. */
export const action = signedInApi(async ({ request, params, context, viewer }) => {
  if (request.method !== 'PUT') return notAllowed('PUT');
  const { resolved } = await readJson(request, resolutionForm);
  const threadId = params.id ?? '';
  await resolveThread(context.db, viewer, { threadId, resolved, now: context.clock.now() });
  return new Response(null, { status: 204 });
});

export const loader = () => notAllowed('PUT');
