import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { findWatchSession } from '~/domain/class-hours/watch-session.server';
import { NotFound } from '~/domain/shared/errors';
import { problem, readJson, signedInApi } from '~/web/api.server';

const body = z.object({ answer: z.string().max(1000) });

const answerCheck = signedInApi(async ({ request, params, context, viewer }) => {
  const session = await findWatchSession(context.db, params.id ?? '');
  if (session?.personId !== viewer.personId) throw new NotFound();
  await readJson(request, body);
  throw new NotFound('no-such-check', 'No rule set asks for presence yet, so no check is open.');
});

/** POST answers a presence check. */
export const action = (args: ActionFunctionArgs) =>
  args.request.method === 'POST' ? answerCheck(args) : notAllowed();

export const loader = () => notAllowed();

const notAllowed = () =>
  problem(405, 'method-not-allowed', 'Use POST.', { headers: { allow: 'POST' } });
