import { explainClassHours } from '~/domain/class-hours/explain-class-hours.server';
import { problem, signedInApi } from '~/web/api.server';

const iso = (at: number) => new Date(at).toISOString();

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
    wallFrom: iso(play.wallFrom),
    wallTo: iso(play.wallTo),
    ...('correction' in play && {
      correction: { ...play.correction, at: iso(play.correction.at) },
    }),
  }));
  const recounts = found.recounts.map(({ appealId: _none, ...recount }) => ({
    ...recount,
    at: iso(recount.at),
  }));
  const totals = { creditedMs, coveredMs, spentMs, complete };
  return Response.json({ ...totals, ruleSet, byDay, plays, recounts });
});

export const action = () =>
  problem(405, 'method-not-allowed', 'Use GET.', { headers: { allow: 'GET' } });
