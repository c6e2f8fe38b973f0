import { getMedia } from '~/domain/media/get-media.server';
import { problem, signedInApi } from '~/web/api.server';

/** GET /api/media/{id}: how far an upload has come, and why it cannot be used if it cannot. */
export const loader = signedInApi(async ({ params, context, viewer }) =>
  Response.json(await getMedia(context.db, viewer, params.id ?? ''), {
    headers: { 'cache-control': 'no-store' },
  }),
);

export const action = () =>
  problem(405, 'method-not-allowed', 'Use GET.', { headers: { allow: 'GET, HEAD' } });
