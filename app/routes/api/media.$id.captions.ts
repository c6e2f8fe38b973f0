import { z } from 'zod';
import { captionLanguage } from '~/domain/media/caption-language';
import { LARGEST_CAPTIONS } from '~/domain/media/captions';
import { saveCaptionsFile } from '~/domain/media/save-captions.server';
import { Invalid } from '~/domain/shared/errors';
import { check, problem, signedInApi } from '~/web/api.server';

const FORM_OVERHEAD = 4096;
const seenVersion = z.coerce.number().int().nonnegative();

/** POST /api/media/{id}/captions, a form with `language`, `file` (.vtt or .srt) and maybe the `version` that was seen: 204. */
export const action = signedInApi(async ({ request, params, context, viewer }) => {
  if (request.method !== 'POST') {
    return problem(405, 'method-not-allowed', 'Use POST.', { headers: { allow: 'POST' } });
  }
  if (!/^multipart\/form-data\s*;/i.test(request.headers.get('content-type') ?? '')) {
    return problem(415, 'unsupported-media-type', 'Send a form. Nothing was changed.');
  }
  const length = Number(request.headers.get('content-length') ?? Number.NaN);
  if (!(length <= LARGEST_CAPTIONS + FORM_OVERHEAD)) {
    return problem(413, 'too-large', 'Captions may have 1 MB at most. Nothing was changed.');
  }
  const form = await request.formData();
  const language = check(captionLanguage, form.get('language'));
  const file = form.get('file');
  if (!(file instanceof Blob)) throw new Invalid([{ pointer: '/file', message: 'is missing' }]);
  const version = form.get('version');
  await saveCaptionsFile(context.db, viewer, {
    mediaId: params.id ?? '',
    language,
    version: version === null ? undefined : check(seenVersion, version),
    now: context.clock.now(),
    content: new Uint8Array(await file.arrayBuffer()),
  });
  return new Response(null, { status: 204 });
});

export const loader = () =>
  problem(405, 'method-not-allowed', 'Use POST.', { headers: { allow: 'POST' } });
