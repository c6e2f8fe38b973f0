import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { answerPresenceCheck } from '~/domain/class-hours/answer-presence-check.server';
import { findWatchSession } from '~/domain/class-hours/watch-session.server';
import { NotFound } from '~/domain/shared/errors';
import { problem, readJson, signedInApi } from '~/web/api.server';
import { readLocale } from '~/web/locale.server';
import { showPresenceCheck } from '~/web/presence-check.server';

const body = z.object({ answer: z.string().max(1000) });

const answerCheck = signedInApi(async ({ request, params, context, viewer }) => {
  const { db, clock, settings } = context;
  const session = await findWatchSession(db, params.id ?? '');
  if (session?.personId !== viewer.personId) throw new NotFound();
  const { answer } = await readJson(request, body);
  const { presenceCheck, ...judged } = await answerPresenceCheck(
    db,
    { session, questionId: params.checkId ?? '', answer },
    { zone: settings.zone, now: clock.now() },
  );
  if (!presenceCheck) return Response.json(judged);
  const shown = showPresenceCheck(presenceCheck, readLocale(request));
  return Response.json({ ...judged, presenceCheck: shown });
});

/** POST answers a presence check. */
export const action = (args: ActionFunctionArgs) =>
  args.request.method === 'POST' ? answerCheck(args) : notAllowed();

export const loader = () => notAllowed();

const notAllowed = () =>
  problem(405, 'method-not-allowed', 'Use POST.', { headers: { allow: 'POST' } });
