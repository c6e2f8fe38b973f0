import { data, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { newCourse } from '~/domain/courses/course-settings';
import { createCourse } from '~/domain/courses/create-course.server';
import { Forbidden, Invalid } from '~/domain/shared/errors';
import { useText } from '~/i18n/locale';
import { courseMessages } from '~/i18n/messages/courses';
import { teachMessages } from '~/i18n/messages/teach';
import { pageTitle } from '~/i18n/page-title';
import { SelectField } from '~/ui/field';
import { fieldErrors, parseFields, textFields } from '~/web/form.server';
import { signedIn } from '~/web/page.server';
import styles from './courses.module.css';
import { SettingsFields } from './settings-fields';

export const meta = pageTitle(teachMessages, (text) => text.create.title);

export const loader = signedIn(async ({ viewer }) => {
  const organizations = viewer.memberships
    .filter((membership) => membership.role === 'instructor')
    .map(({ organizationId, name }) => ({ id: organizationId, name }));
  if (organizations.length === 0) throw new Forbidden();
  return { organizations };
});

export const action = signedIn(async ({ request, context, viewer }) => {
  const fields = textFields(await request.formData());
  try {
    const input = parseFields(newCourse, fields);
    const { courseId } = await createCourse(context.db, viewer, input, context.clock.now());
    return redirect(`/teach/courses/${courseId}`);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return data({ errors: fieldErrors(error), values: fields }, { status: 422 });
  }
});

export default function NewCourse() {
  const { organizations } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const text = useText(teachMessages).create;
  const words = useText(courseMessages);
  const typed = refused?.values;
  return (
    <div className={styles.form}>
      <div className="page-title">
        <h1>{text.title}</h1>
      </div>
      <Form method="post" className="card stack">
        {organizations.length > 1 ? (
          <SelectField
            label={words.fields.organizationId ?? ''}
            name="organizationId"
            defaultValue={typed?.organizationId}
          >
            {organizations.map((organization) => (
              <option key={organization.id} value={organization.id}>
                {organization.name}
              </option>
            ))}
          </SelectField>
        ) : (
          <input type="hidden" name="organizationId" value={organizations[0]?.id} />
        )}
        <SettingsFields
          values={{
            title: typed?.title ?? '',
            occupation: typed?.occupation ?? '',
            level: typed?.level ?? 'intermediate',
            summary: typed?.summary ?? '',
            cover: typed?.cover ?? 'engine',
          }}
          errors={refused?.errors ?? {}}
        />
        <div>
          <button className="button">{text.submit}</button>
        </div>
      </Form>
    </div>
  );
}
