import { getMedia } from '~/domain/media/get-media.server';
import { removeMedia } from '~/domain/media/remove-media.server';
import { notAllowed, signedInApi } from '~/web/api.server';

/** GET /api/media/{id}: how far an upload has come, and why it cannot be used if it cannot. */
export const loader = signedInApi(async ({ params, context, viewer }) =>
  Response.json(await getMedia(context.db, viewer, params.id ?? ''), {
    headers: { 'cache-control': 'no-store' },
  }),
);

/** DELETE /api/media/{id}: takes a video away that no lesson shows, and ends its conversion. */
export const action = signedInApi(async ({ request, params, context, viewer }) => {
  if (request.method !== 'DELETE') return notAllowed('GET, HEAD, DELETE');
  const { db, mediaStore, clock } = context;
  await removeMedia(db, mediaStore, viewer, { mediaId: params.id ?? '', now: clock.now() });
  return new Response(null, { status: 204 });
});
