import { data } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { useState } from 'react';
import { decideApplication } from '~/domain/classes/decide-application.server';
import { enrollPeople } from '~/domain/classes/enroll-people.server';
import { getManagedClass } from '~/domain/classes/get-managed-class.server';
import { listApplications } from '~/domain/classes/list-applications.server';
import { listEnrollablePeople } from '~/domain/classes/list-enrollable-people.server';
import { Conflict, Invalid } from '~/domain/shared/errors';
import { useText } from '~/i18n/locale';
import { classMessages } from '~/i18n/messages/classes';
import { useMoment } from '~/i18n/moment';
import { pageTitle } from '~/i18n/page-title';
import { EmptyState } from '~/ui/empty-state';
import { Field } from '~/ui/field';
import { Notice } from '~/ui/notice';
import { TableScroll } from '~/ui/table-scroll';
import { fieldErrors, textFields } from '~/web/form.server';
import { signedIn } from '~/web/page.server';
import styles from './classes.module.css';

export const meta = pageTitle(classMessages, (text) => text.tabs.applications);

/** Also after a refusal: it is refused because somebody else changed what is shown. */
export const shouldRevalidate = () => true;

export const loader = signedIn(async ({ request, params, context, viewer }) => {
  const found = await getManagedClass(context.db, viewer, params.classId ?? '');
  const search = new URL(request.url).searchParams.get('search') ?? '';
  return {
    open: found.openToApplications,
    search,
    applications: await listApplications(context.db, found.id),
    people: await listEnrollablePeople(context.db, viewer, found.id, search),
    zone: context.settings.zone,
  };
});

export const action = signedIn(async ({ request, params, context, viewer }) => {
  const classId = params.classId ?? '';
  const form = await request.formData();
  const now = context.clock.now();
  const answer = { error: '', approved: '', rejected: '', added: 0 };
  try {
    if (form.get('intent') === 'add') {
      const personIds = form.getAll('personIds').map(String);
      const added = await enrollPeople(context.db, viewer, { classId, personIds, now });
      return data({ ...answer, added });
    }
    const approve = form.has('approve');
    const fields = textFields(form);
    const enrollmentId = fields[approve ? 'approve' : 'reject'] ?? '';
    const name = fields.name ?? '';
    await decideApplication(context.db, viewer, { classId, enrollmentId, approve, now });
    return data({ ...answer, [approve ? 'approved' : 'rejected']: name });
  } catch (error) {
    if (error instanceof Invalid) {
      return data({ ...answer, error: Object.values(fieldErrors(error))[0] ?? '' }, 422);
    }
    if (error instanceof Conflict) return data({ ...answer, error: error.type }, 409);
    throw error;
  }
});

export default function Applications() {
  const { open, applications, zone } = useLoaderData<typeof loader>();
  const text = useText(classMessages).applications;
  const moment = useMoment(zone);
  return (
    <div className={styles.stackWide}>
      <Outcome />
      {applications.length === 0 ? (
        <EmptyState title={text.none}>{open ? text.noneOpen : text.noneClosed}</EmptyState>
      ) : (
        <section className="card">
          <h2>{text.waiting(applications.length)}</h2>
          <TableScroll label={text.waiting(applications.length)}>
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{text.name}</th>
                  <th scope="col">{text.organization}</th>
                  <th scope="col">{text.appliedAt}</th>
                  <th scope="col">
                    <span className="visually-hidden">{text.approve}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {applications.map((one) => (
                  <tr key={one.enrollmentId}>
                    <th scope="row" className={styles.strong}>
                      {one.name}
                    </th>
                    <td>
                      {one.organizationNames.length > 0
                        ? one.organizationNames.join(' / ')
                        : text.noOrganization}
                    </td>
                    <td className="nowrap">{moment(one.appliedAt)}</td>
                    <td className="number">
                      <Form method="post" className="row">
                        <input type="hidden" name="name" value={one.name} />
                        <button
                          className="button outlined"
                          name="approve"
                          value={one.enrollmentId}
                          aria-label={text.approveOf(one.name)}
                        >
                          {text.approve}
                        </button>
                        <button
                          className="button text"
                          name="reject"
                          value={one.enrollmentId}
                          aria-label={text.rejectOf(one.name)}
                        >
                          {text.reject}
                        </button>
                      </Form>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </TableScroll>
        </section>
      )}
      <AddDirectly />
    </div>
  );
}

function Outcome() {
  const messages = useText(classMessages);
  const text = messages.applications;
  const result = useActionData<typeof action>();
  if (!result) return null;
  if (result.error) {
    return <Notice tone="wrong">{messages.errors[result.error] ?? result.error}</Notice>;
  }
  if (result.approved) return <Notice tone="done">{text.approved(result.approved)}</Notice>;
  if (result.rejected) return <Notice tone="pending">{text.rejected(result.rejected)}</Notice>;
  return <Notice tone="done">{text.added(result.added)}</Notice>;
}

function AddDirectly() {
  const { search, people } = useLoaderData<typeof loader>();
  const text = useText(classMessages).applications;
  const [chosen, setChosen] = useState(0);
  return (
    <section className="card stack">
      <div>
        <h2>{text.add}</h2>
        <p className="second">{text.addText}</p>
      </div>
      <Form method="get" role="search" className={styles.filters}>
        <Field label={text.search} name="search" type="search" defaultValue={search} />
        <button className="button outlined">{text.find}</button>
      </Form>
      {people.length === 0 ? (
        <p>
          <b>{text.nobody}</b> <span className="second">{text.nobodyText}</span>
        </p>
      ) : (
        <Form
          method="post"
          className="stack"
          key={people.map((one) => one.personId).join()}
          onChange={(event) =>
            setChosen(new FormData(event.currentTarget).getAll('personIds').length)
          }
        >
          <ul className={`plain ${styles.people}`}>
            {people.map((one) => (
              <li key={one.personId}>
                <label className="check">
                  <input type="checkbox" name="personIds" value={one.personId} />
                  <span>
                    {one.name} <span className="small second">{one.organizationName}</span>
                  </span>
                </label>
              </li>
            ))}
          </ul>
          <div>
            <button className="button" name="intent" value="add">
              {chosen > 0 ? text.addCount(chosen) : text.addThem}
            </button>
          </div>
        </Form>
      )}
    </section>
  );
}
