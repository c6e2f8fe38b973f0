import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { dayAt } from '~/domain/class-hours/platform-day';
import { holdsRole } from '~/domain/accounts/can';
import {
  listAuthors,
  listInvitableOrganizations,
  listInvolvedOrganizations,
  listNameable,
} from '~/domain/co-authoring/course-people.server';
import { getCourseReach, requireCourseReader } from '~/domain/co-authoring/course-reach.server';
import { endPartnership } from '~/domain/co-authoring/end-partnership.server';
import { invitationTerms } from '~/domain/co-authoring/invitation-form';
import { invitePartner } from '~/domain/co-authoring/invite-partner.server';
import { nameAuthor } from '~/domain/co-authoring/name-author.server';
import { releaseAuthor } from '~/domain/co-authoring/release-author.server';
import { nameReviewer } from '~/domain/sign-offs/name-reviewer.server';
import { releaseReviewer } from '~/domain/sign-offs/release-reviewer.server';
import { listReviewers } from '~/domain/sign-offs/signers.server';
import { getCourseDraft } from '~/domain/courses/course-draft.server';
import { Conflict, Invalid, NotFound } from '~/domain/shared/errors';
import { useText } from '~/i18n/locale';
import { partnershipMessages } from '~/i18n/messages/partnerships';
import { teachMessages } from '~/i18n/messages/teach';
import { pageTitle } from '~/i18n/page-title';
import { Link } from '~/ui/link';
import { Notice } from '~/ui/notice';
import { fieldErrors, parseFields, textFields, type FieldErrors } from '~/web/form.server';
import { signedIn } from '~/web/page.server';
import { InviteForm } from './invite-form';
import { AuthorSide, OrganizationTable } from './partner-parts';
import styles from './partnerships.module.css';

export const meta = pageTitle(teachMessages, (text) => text.partners.title);

export const loader = signedIn(async ({ params, context, viewer }) => {
  const { db } = context;
  const courseId = params.courseId ?? '';
  const reach = await requireCourseReader(db, viewer, courseId);
  const leads = holdsRole(viewer, reach.leadOrganizationId, 'manager');
  const loaded = await Promise.all([
    getCourseDraft(db, courseId),
    listInvolvedOrganizations(db, courseId),
    listAuthors(db, courseId),
    listNameable(db, courseId, reach.managerFor, 'course_author'),
    leads ? listInvitableOrganizations(db, courseId) : [],
    listReviewers(db, courseId),
    listNameable(db, courseId, reach.managerFor, 'course_reviewer'),
  ]);
  const [{ settings }, organizations, authors, nameable, invitable, reviewers, nameableReviewers] =
    loaded;
  const { managerFor } = reach;
  return {
    title: settings.title,
    leads,
    organizations,
    authors,
    nameable,
    invitable,
    reviewers,
    nameableReviewers,
    managerFor,
    leadOrganizationId: reach.leadOrganizationId,
    zone: context.settings.zone,
    today: dayAt(context.clock.now(), context.settings.zone).day,
  };
});

const step = z.discriminatedUnion('intent', [
  invitationTerms.extend({ intent: z.literal('invite'), organizationId: z.string().min(1) }),
  z.object({ intent: z.literal('end'), organizationId: z.string().min(1) }),
  z.object({ intent: z.literal('name'), organizationId: z.string(), personId: z.string().min(1) }),
  z.object({ intent: z.literal('release'), organizationId: z.string(), personId: z.string() }),
  z.object({
    intent: z.literal('name-reviewer'),
    organizationId: z.string(),
    personId: z.string().min(1),
  }),
  z.object({
    intent: z.literal('release-reviewer'),
    organizationId: z.string(),
    personId: z.string(),
  }),
]);

const answered = {
  done: undefined,
  refused: '',
  errors: {} as FieldErrors,
  values: {} as Record<string, string>,
};

/** Invalid for a last day that has passed. */
function requireLaterDay(endsOn: string | null, today: string): void {
  if (endsOn === null || endsOn >= today) return;
  throw new Invalid([{ pointer: '/endsOn', message: 'passed' }]);
}

/** Who has left reaches the course no more. */
function leftBehind(error: unknown): { managerFor: string[] } {
  if (error instanceof NotFound) return { managerFor: [] };
  throw error;
}

export const action = signedIn(async ({ request, params, context, viewer }) => {
  const { db } = context;
  const courseId = params.courseId ?? '';
  const now = context.clock.now();
  const values = textFields(await request.formData());
  await requireCourseReader(db, viewer, courseId);
  try {
    const asked = parseFields(step, values);
    if (asked.intent === 'invite') {
      requireLaterDay(asked.endsOn, dayAt(now, context.settings.zone).day);
      await invitePartner(db, viewer, { ...asked, courseId, now });
    }
    if (asked.intent === 'end') {
      await endPartnership(db, viewer, { ...asked, courseId, now });
      const { managerFor } = await getCourseReach(db, viewer, courseId).catch(leftBehind);
      if (managerFor.length === 0) return redirect('/manage/partnerships');
    }
    if (asked.intent === 'name') await nameAuthor(db, viewer, { ...asked, courseId, now });
    if (asked.intent === 'release') await releaseAuthor(db, viewer, { ...asked, courseId, now });
    if (asked.intent === 'name-reviewer') {
      await nameReviewer(db, viewer, { ...asked, courseId, now });
    }
    if (asked.intent === 'release-reviewer') {
      await releaseReviewer(db, viewer, { ...asked, courseId, now });
    }
    return data({ ...answered, done: asked.intent });
  } catch (error) {
    if (error instanceof Invalid) {
      return data({ ...answered, errors: fieldErrors(error), values }, { status: 422 });
    }
    if (!(error instanceof Conflict) && !(error instanceof NotFound)) throw error;
    return data({ ...answered, refused: error.type, values }, { status: error.status });
  }
});

export default function Partners() {
  const loaded = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const text = useText(teachMessages).partners;
  const words = useText(partnershipMessages);
  const ending = (organizationId: string) =>
    managerFor.includes(organizationId) ? 'leave' : loaded.leads ? 'end' : undefined;
  const { organizations, authors, nameable, invitable, managerFor } = loaded;
  const told = {
    invite: text.invited,
    end: words.ended,
    name: text.named,
    release: text.released,
    'name-reviewer': text.reviewerNamed,
    'release-reviewer': text.reviewerReleased,
  };
  return (
    <div className={styles.page}>
      <div className="page-title">
        <h1>{loaded.title}</h1>
        <Link to="/manage/partnerships">{text.back}</Link>
      </div>
      {answer?.done ? <Notice tone="done">{told[answer.done]}</Notice> : null}
      {answer?.refused ? (
        <Notice tone="wrong">
          {(answer.refused === 'already-left' ? words.alreadyLeft : text.refused[answer.refused]) ??
            text.refused['not-found']}
        </Notice>
      ) : null}
      <section>
        <h2>{text.organizations}</h2>
        <OrganizationTable organizations={organizations} zone={loaded.zone} ending={ending} />
        {loaded.leads && invitable.length > 0 ? (
          <InviteForm
            invitable={invitable}
            today={loaded.today}
            values={answer?.values ?? {}}
            errors={answer?.errors ?? {}}
          />
        ) : null}
      </section>
      <section>
        <h2>{text.authors}</h2>
        {organizations
          .filter((organization) => ['lead', 'accepted'].includes(organization.state))
          .map((organization) => (
            <AuthorSide
              key={organization.id}
              organization={organization}
              authors={authors.filter((one) => one.organizationId === organization.id)}
              nameable={nameable.filter((one) => one.organizationId === organization.id)}
              reviewers={loaded.reviewers.filter((one) => one.organizationId === organization.id)}
              nameableReviewers={loaded.nameableReviewers.filter(
                (one) => one.organizationId === organization.id,
              )}
              manages={managerFor.includes(organization.id)}
            />
          ))}
      </section>
    </div>
  );
}
