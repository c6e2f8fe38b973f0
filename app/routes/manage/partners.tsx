import { data } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { holdsRole } from '~/domain/accounts/can';
import {
  listAuthors,
  listInvitableOrganizations,
  listInvolvedOrganizations,
  listNameable,
} from '~/domain/co-authoring/course-people.server';
import { requireCourseReader } from '~/domain/co-authoring/course-reach.server';
import { invitePartner } from '~/domain/co-authoring/invite-partner.server';
import { nameAuthor } from '~/domain/co-authoring/name-author.server';
import { releaseAuthor } from '~/domain/co-authoring/release-author.server';
import { nameReviewer } from '~/domain/sign-offs/name-reviewer.server';
import { releaseReviewer } from '~/domain/sign-offs/release-reviewer.server';
import { listReviewers } from '~/domain/sign-offs/signers.server';
import { getCourseDraft } from '~/domain/courses/course-draft.server';
import { Conflict, NotFound } from '~/domain/shared/errors';
import { useText } from '~/i18n/locale';
import { teachMessages } from '~/i18n/messages/teach';
import { pageTitle } from '~/i18n/page-title';
import { Link } from '~/ui/link';
import { Notice } from '~/ui/notice';
import { SelectField } from '~/ui/field';
import { parseFields, textFields } from '~/web/form.server';
import { signedIn } from '~/web/page.server';
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
  };
});

const step = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('invite'), organizationId: z.string().min(1) }),
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

export const action = signedIn(async ({ request, params, context, viewer }) => {
  const { db } = context;
  const courseId = params.courseId ?? '';
  const now = context.clock.now();
  const asked = parseFields(step, textFields(await request.formData()));
  await requireCourseReader(db, viewer, courseId);
  try {
    if (asked.intent === 'invite') await invitePartner(db, viewer, { ...asked, courseId, now });
    if (asked.intent === 'name') await nameAuthor(db, viewer, { ...asked, courseId, now });
    if (asked.intent === 'release') await releaseAuthor(db, viewer, { ...asked, courseId, now });
    if (asked.intent === 'name-reviewer') {
      await nameReviewer(db, viewer, { ...asked, courseId, now });
    }
    if (asked.intent === 'release-reviewer') {
      await releaseReviewer(db, viewer, { ...asked, courseId, now });
    }
    return data({ done: asked.intent, refused: '' });
  } catch (error) {
    if (!(error instanceof Conflict) && !(error instanceof NotFound)) throw error;
    return data({ done: undefined, refused: error.type }, { status: error.status });
  }
});

export default function Partners() {
  const loaded = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const text = useText(teachMessages).partners;
  const { organizations, authors, nameable, invitable, managerFor } = loaded;
  const told = {
    invite: text.invited,
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
        <Notice tone="wrong">{text.refused[answer.refused] ?? text.refused['not-found']}</Notice>
      ) : null}
      <section>
        <h2>{text.organizations}</h2>
        <OrganizationTable organizations={organizations} />
        {loaded.leads && invitable.length > 0 ? (
          <Form method="post" className={styles.ask} key={`invite ${invitable.length}`}>
            <input type="hidden" name="intent" value="invite" />
            <SelectField
              label={text.invite}
              hint={text.inviteHint}
              name="organizationId"
              defaultValue=""
              required
            >
              <option value="">{text.choose}</option>
              {invitable.map((organization) => (
                <option key={organization.id} value={organization.id}>
                  {organization.name}
                </option>
              ))}
            </SelectField>
            <button className="button outlined">{text.inviteSubmit}</button>
          </Form>
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
