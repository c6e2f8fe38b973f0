import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { openWatchSession } from '~/domain/class-hours/open-watch-session.server';
import { problem, readJson, signedInApi } from '~/web/api.server';
import { readDeviceToken } from '~/web/device-cookie.server';
import { readLocale } from '~/web/locale.server';
import { showPresenceCheck } from '~/web/presence-check.server';

const body = z.object({ enrollmentId: z.string().max(100), lessonId: z.string().max(100) });

const open = signedInApi(async ({ request, context, viewer }) => {
  const wanted = await readJson(request, body);
  const { db, clock, settings } = context;
  const { startedAt, presenceCheck, ...opened } = await openWatchSession(
    db,
    { ...wanted, personId: viewer.personId, deviceToken: readDeviceToken(request) },
    { zone: settings.zone, now: clock.now() },
  );
  clock.reach?.(startedAt);
  return Response.json(
    {
      ...opened,
      startedAt: new Date(startedAt).toISOString(),
      presenceCheck: showPresenceCheck(presenceCheck, readLocale(request)),
    },
    { status: 201 },
  );
});

/** POST opens a player on a lesson and ends the learner's other one. */
export const action = (args: ActionFunctionArgs) =>
  args.request.method === 'POST' ? open(args) : notAllowed();

export const loader = () => notAllowed();

const notAllowed = () =>
  problem(405, 'method-not-allowed', 'Use POST.', { headers: { allow: 'POST' } });
