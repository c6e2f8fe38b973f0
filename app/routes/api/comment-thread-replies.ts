import { replyForm } from '~/domain/comments/comment-forms';
import { replyToThread } from '~/domain/comments/reply-to-thread.server';
import { notAllowed, readJson, signedInApi } from '~/web/api.server';

/** POST /api/comment-threads/{id}/replies: 201. */
export const action = signedInApi(async ({ request, params, context, viewer }) => {
  if (request.method !== 'POST') return notAllowed('POST');
  const reply = await readJson(request, replyForm);
  const threadId = params.id ?? '';
  const now = context.clock.now();
  const { commentId } = await replyToThread(context.db, viewer, { threadId, reply, now });
  return Response.json({ id: commentId }, { status: 201 });
});

export const loader = () => notAllowed('POST');
