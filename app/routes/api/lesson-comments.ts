import { beginThread } from '~/domain/comments/begin-thread.server';
import { threadForm } from '~/domain/comments/comment-forms';
import { listThreads, type LessonComments } from '~/domain/comments/list-threads.server';
import { notAllowed, readJson, signedInApi } from '~/web/api.server';

/** GET /api/lessons/{lessonId}/comments: what is said about a lesson. */
export const loader = signedInApi(async ({ params, context, viewer }) => {
  const said = await listThreads(context.db, viewer, params.lessonId ?? '');
  return Response.json(showComments(said));
});

/** POST begins a thread: 201. */
export const action = signedInApi(async ({ request, params, context, viewer }) => {
  if (request.method !== 'POST') return notAllowed('GET, POST');
  const lessonId = params.lessonId ?? '';
  const { db, clock } = context;
  const thread = await readJson(request, threadForm);
  const begun = await beginThread(db, viewer, { lessonId, thread, now: clock.now() });
  return Response.json({ id: begun.threadId }, { status: 201 });
});

const iso = (moment: number) => new Date(moment).toISOString();
const isoAt = <T extends { at: number }>(what: T | null) => what && { ...what, at: iso(what.at) };

/** As docs/api.md promises: moments are ISO 8601. */
function showComments({ threads, ...said }: LessonComments) {
  return {
    ...said,
    threads: threads.map((thread) => ({
      ...thread,
      createdAt: iso(thread.createdAt),
      decided: isoAt(thread.decided),
      resolved: isoAt(thread.resolved),
      comments: thread.comments.map((one) => ({ ...one, writtenAt: iso(one.writtenAt) })),
    })),
  };
}

export type ShownComments = ReturnType<typeof showComments>;
export type ShownThread = ShownComments['threads'][number];
export type ShownComment = ShownThread['comments'][number];
