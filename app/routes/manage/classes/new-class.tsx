import { data, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData, useSubmit } from '@remix-run/react';
import { classFormSchema, readClassForm, type TypedClass } from '~/domain/classes/class-form';
import { createClass } from '~/domain/classes/create-class.server';
import { listRuleSetVersions } from '~/domain/classes/list-rule-set-versions.server';
import { listUsableCourses } from '~/domain/classes/list-usable-courses.server';
import { dayAt } from '~/domain/class-hours/platform-day';
import { listManagedOrganizations } from '~/domain/organizations/list-organizations.server';
import { Forbidden, Invalid, NotFound } from '~/domain/shared/errors';
import { useText } from '~/i18n/locale';
import { classMessages } from '~/i18n/messages/classes';
import { pageTitle } from '~/i18n/page-title';
import { EmptyState } from '~/ui/empty-state';
import { SelectField } from '~/ui/field';
import { Link } from '~/ui/link';
import { fieldErrors, parseFields } from '~/web/form.server';
import { signedIn } from '~/web/page.server';
import { ClassFields } from './class-fields';
import styles from './classes.module.css';

const DAY_MS = 86_400_000;

export const meta = pageTitle(classMessages, (text) => text.form.newTitle);

export const loader = signedIn(async ({ request, context, viewer }) => {
  const organizations = await listManagedOrganizations(context.db, viewer);
  const wanted = new URL(request.url).searchParams.get('organizationId');
  const organization = wanted
    ? organizations.find((one) => one.id === wanted)
    : organizations.find((one) => one.kind !== 'bureau');
  if (wanted && !organization) throw new NotFound();
  if (!organization) throw new Forbidden();
  const now = context.clock.now();
  const { zone } = context.settings;
  const ruleSets = await listRuleSetVersions(context.db);
  const blank: TypedClass = {
    organizationId: organization.id,
    title: '',
    startsOn: dayAt(now + DAY_MS, zone).day,
    endsOn: dayAt(now + 60 * DAY_MS, zone).day,
    capacity: '40',
    required: '24',
    ruleSetVersionId: ruleSets[0]?.id ?? '',
    openToApplications: false,
    courseIds: [],
  };
  return {
    organizations,
    organizationId: organization.id,
    blank,
    ruleSets,
    courses: await listUsableCourses(context.db, viewer, organization.id),
  };
});

export const action = signedIn(async ({ request, context, viewer }) => {
  const typed = readClassForm(await request.formData());
  try {
    const form = parseFields(classFormSchema, typed);
    const id = await createClass(context.db, viewer, form, context.clock.now());
    return redirect(`/manage/classes/${id}`);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return data({ errors: fieldErrors(error), typed }, { status: 422 });
  }
});

export default function NewClass() {
  const page = useLoaderData<typeof loader>();
  const messages = useText(classMessages);
  const text = messages.form;
  const result = useActionData<typeof action>();
  const submit = useSubmit();
  return (
    <>
      <p className="small">
        <Link to="/manage/classes">{messages.title}</Link>
      </p>
      <div className="page-title">
        <h1>{text.newTitle}</h1>
      </div>
      <div className={styles.form}>
        {page.organizations.length > 1 ? (
          <Form method="get" className="row" onChange={(event) => submit(event.currentTarget)}>
            <SelectField
              label={text.organization}
              name="organizationId"
              defaultValue={page.organizationId}
            >
              {page.organizations.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </SelectField>
            <noscript>
              <button className="button outlined">{text.organization}</button>
            </noscript>
          </Form>
        ) : null}
        {page.courses.length === 0 ? (
          <EmptyState title={text.noCourse}>{text.noCourseText}</EmptyState>
        ) : (
          <Form method="post" className={`card ${styles.form}`} key={page.organizationId}>
            <input type="hidden" name="organizationId" value={page.organizationId} />
            <ClassFields
              values={result?.typed ?? page.blank}
              errors={result?.errors ?? {}}
              courses={page.courses}
              ruleSets={page.ruleSets}
            />
            <div>
              <button className="button">{text.create}</button>
            </div>
          </Form>
        )}
      </div>
    </>
  );
}
