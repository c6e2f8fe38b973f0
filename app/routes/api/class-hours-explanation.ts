import { explainClassHours } from '~/domain/class-hours/explain-class-hours.server';
import { problem, signedInApi } from '~/web/api.server';

/** GET tells why a lesson counts what it counts. */
export const loader = signedInApi(async ({ params, context, viewer }) => {
  const wanted = { enrollmentId: params.id ?? '', lessonId: params.lessonId ?? '' };
  const found = await explainClassHours(context.db, viewer, wanted, {
    zone: context.settings.zone,
    now: context.clock.now(),
  });
  const { creditedMs, coveredMs, spentMs, complete, ruleSet, byDay } = found;
  const plays = found.plays.map((play) => ({
    ...play,
    wallFrom: new Date(play.wallFrom).toISOString(),
    wallTo: new Date(play.wallTo).toISOString(),
  }));
  return Response.json({ creditedMs, coveredMs, spentMs, complete, ruleSet, byDay, plays });
});

export const action = () =>
  problem(405, 'method-not-allowed', 'Use GET.', { headers: { allow: 'GET' } });
