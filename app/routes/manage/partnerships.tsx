import { data } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { organizationsAs } from '~/domain/accounts/can';
import { LONGEST_REASON } from '~/domain/co-authoring/invitation-form';
import { answerInvitation } from '~/domain/co-authoring/answer-invitation.server';
import {
  listInvitations,
  listManagedCourses,
} from '~/domain/co-authoring/list-partnerships.server';
import { Conflict, Forbidden } from '~/domain/shared/errors';
import { useText } from '~/i18n/locale';
import { partnershipMessages } from '~/i18n/messages/partnerships';
import { teachMessages } from '~/i18n/messages/teach';
import { useMoment } from '~/i18n/moment';
import { pageTitle } from '~/i18n/page-title';
import { Badge } from '~/ui/badge';
import { TextField } from '~/ui/field';
import { Link } from '~/ui/link';
import { Notice } from '~/ui/notice';
import { TableScroll } from '~/ui/table-scroll';
import { parseFields, textFields } from '~/web/form.server';
import { signedIn } from '~/web/page.server';
import styles from './partnerships.module.css';

export const meta = pageTitle(teachMessages, (text) => text.partnerships.title);

export const loader = signedIn(async ({ context, viewer }) => {
  const manages = organizationsAs(viewer, 'manager').length > 0;
  if (!manages && !viewer.administrator) throw new Forbidden();
  const [invitations, courses] = await Promise.all([
    listInvitations(context.db, viewer),
    listManagedCourses(context.db, viewer),
  ]);
  return { invitations, courses, zone: context.settings.zone };
});

const answerForm = z.object({
  courseId: z.string(),
  organizationId: z.string(),
  answer: z.enum(['accept', 'decline']),
  reason: z.string().trim().max(LONGEST_REASON).default(''),
});

export const action = signedIn(async ({ request, context, viewer }) => {
  const fields = parseFields(answerForm, textFields(await request.formData()));
  const { answer, ...invitation } = fields;
  const accept = answer === 'accept';
  try {
    const now = context.clock.now();
    await answerInvitation(context.db, viewer, { ...invitation, accept, now });
    return data({ done: answer, courseId: invitation.courseId });
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    return data({ done: 'answered' as const, courseId: invitation.courseId }, { status: 409 });
  }
});

export default function Partnerships() {
  const { invitations, courses, zone } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const text = useText(teachMessages).partnerships;
  const words = useText(partnershipMessages);
  const moment = useMoment(zone);
  return (
    <div className={styles.page}>
      <div className="page-title">
        <h1>{text.title}</h1>
      </div>
      {answer?.done === 'accept' ? (
        <Notice tone="done">
          {text.accepted} <Link to={`/manage/partnerships/${answer.courseId}`}>{text.open}</Link>
        </Notice>
      ) : null}
      {answer?.done === 'decline' ? <Notice tone="done">{text.declined}</Notice> : null}
      {answer?.done === 'answered' ? <Notice tone="wrong">{text.answered}</Notice> : null}
      <section>
        <h2>{text.invitations}</h2>
        {invitations.length === 0 ? <p className="second">{text.none}</p> : null}
        {invitations.map((invitation) => (
          <article
            key={`${invitation.courseId} ${invitation.organizationId}`}
            className={`card ${styles.invitation}`}
          >
            <div>
              <h3>{invitation.title}</h3>
              <p>{text.asks(invitation.leadName, invitation.organizationName)}</p>
              <p className="second">{invitation.summary}</p>
              {invitation.message ? (
                <figure className={styles.quote} aria-label={words.saysOf(invitation.leadName)}>
                  {invitation.message}
                </figure>
              ) : null}
              {invitation.chapters.length > 0 ? (
                <>
                  <h4>{words.asked}</h4>
                  <ul>
                    {invitation.chapters.map((title, at) => (
                      <li key={at}>{title}</li>
                    ))}
                  </ul>
                </>
              ) : null}
              <p className="second">
                {invitation.endsOn ? words.until(invitation.endsOn) : words.noEnd}
              </p>
              <p className="small second">
                {text.invitedBy(invitation.invitedBy ?? '', moment(invitation.invitedAt ?? 0))}
              </p>
            </div>
            <Form method="post" className="row">
              <input type="hidden" name="courseId" value={invitation.courseId} />
              <input type="hidden" name="organizationId" value={invitation.organizationId} />
              <button className="button" name="answer" value="accept">
                {text.accept}
              </button>
            </Form>
            <details className={styles.declining}>
              <summary className="button text">{words.declineOpen}</summary>
              <Form method="post" className="stack">
                <input type="hidden" name="courseId" value={invitation.courseId} />
                <input type="hidden" name="organizationId" value={invitation.organizationId} />
                <TextField
                  label={words.declineWhy}
                  hint={words.declineWhyHint}
                  name="reason"
                  rows={2}
                  maxLength={LONGEST_REASON}
                />
                <div>
                  <button className="button outlined" name="answer" value="decline">
                    {words.declineSubmit}
                  </button>
                </div>
              </Form>
            </details>
          </article>
        ))}
      </section>
      <section>
        <h2>{text.courses}</h2>
        {courses.length === 0 ? (
          <p className="second">{text.noCourses}</p>
        ) : (
          <TableScroll label={text.courses} className={styles.sheet}>
            <table className="table">
              <tbody>
                {courses.map((course) => (
                  <tr key={`${course.courseId} ${course.organizationId}`}>
                    <th scope="row">
                      <b>{course.title}</b>
                    </th>
                    <td>{course.leadName}</td>
                    <td>
                      <Badge tone="plain">
                        {course.leadOrganizationId === course.organizationId
                          ? text.leads
                          : text.joins}
                      </Badge>
                    </td>
                    <td className="number">
                      <Link to={`/manage/partnerships/${course.courseId}`}>{text.open}</Link>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </TableScroll>
        )}
      </section>
    </div>
  );
}
