import { decisionForm } from '~/domain/comments/comment-forms';
import { decideSuggestion } from '~/domain/comments/decide-suggestion.server';
import { notAllowed, readJson, signedInApi } from '~/web/api.server';

/** POST /api/comment-threads/{id}/decision, once: 204; 409 `text-changed` with `quote`, `present` and `replacement`. */
export const action = signedInApi(async ({ request, params, context, viewer }) => {
  if (request.method !== 'POST') return notAllowed('POST');
  const { outcome } = await readJson(request, decisionForm);
  const threadId = params.id ?? '';
  await decideSuggestion(context.db, viewer, { threadId, outcome, now: context.clock.now() });
  return new Response(null, { status: 204 });
});

export const loader = () => notAllowed('POST');
