import { data } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { classFormSchema, readClassForm, type TypedClass } from '~/domain/classes/class-form';
import { editClass } from '~/domain/classes/edit-class.server';
import { getManagedClass, type ManagedClass } from '~/domain/classes/get-managed-class.server';
import { listClassCourses } from '~/domain/classes/list-class-courses.server';
import { listRuleSetVersions } from '~/domain/classes/list-rule-set-versions.server';
import { listUsableCourses } from '~/domain/classes/list-usable-courses.server';
import { Conflict, Invalid } from '~/domain/shared/errors';
import { useText } from '~/i18n/locale';
import { classMessages } from '~/i18n/messages/classes';
import { courseMoveMessages } from '~/i18n/messages/course-move';
import { pageTitle } from '~/i18n/page-title';
import { Link } from '~/ui/link';
import { Notice } from '~/ui/notice';
import { fieldErrors, parseFields } from '~/web/form.server';
import { signedIn } from '~/web/page.server';
import { ClassFields } from './class-fields';
import { StaleSettings } from './stale-settings';
import styles from './classes.module.css';

export const meta = pageTitle(classMessages, (text) => text.tabs.settings);

function typedOf(found: ManagedClass, courseIds: string[]): TypedClass {
  return {
    organizationId: found.organizationId,
    title: found.title,
    startsOn: found.startsOn,
    endsOn: found.endsOn,
    capacity: String(found.capacity),
    required: String(found.requiredTenths / 10),
    ruleSetVersionId: found.ruleSetVersionId,
    openToApplications: found.openToApplications,
    courseIds,
  };
}

/** Also after a refusal: it is refused because somebody else changed what is shown. */
export const shouldRevalidate = () => true;

export const loader = signedIn(async ({ params, context, viewer }) => {
  const found = await getManagedClass(context.db, viewer, params.classId ?? '');
  const courses = await listClassCourses(context.db, found.id);
  const usable = await listUsableCourses(context.db, viewer, found.organizationId);
  const others = courses.filter((own) => !usable.some((one) => one.courseId === own.courseId));
  const ruleSets = await listRuleSetVersions(context.db);
  if (!ruleSets.some((one) => one.id === found.ruleSetVersionId)) {
    ruleSets.push({
      id: found.ruleSetVersionId,
      name: found.ruleSetName,
      nameEn: found.ruleSetNameEn,
      version: found.ruleSetVersion,
    });
  }
  return {
    version: found.version,
    stored: typedOf(
      found,
      courses.map((course) => course.courseId),
    ),
    courses,
    choices: [
      ...usable.map((one) => ({
        ...one,
        number: courses.find((own) => own.courseId === one.courseId)?.number ?? one.number,
      })),
      ...others.map((own) => ({ ...own, lessons: 0, durationMs: 0 })),
    ],
    ruleSets,
  };
});

export const action = signedIn(async ({ request, params, context, viewer }) => {
  const classId = params.classId ?? '';
  const form = await request.formData();
  const version = Number(form.get('version'));
  const now = context.clock.now();
  const typed = readClassForm(form);
  const none: Record<string, string> = {};
  try {
    await editClass(context.db, viewer, {
      classId,
      version,
      form: parseFields(classFormSchema, typed),
      now,
      zone: context.settings.zone,
    });
    return data({ saved: true, errors: none, typed: null, stale: false });
  } catch (error) {
    const kept = { saved: false, errors: none, typed, stale: false };
    if (error instanceof Invalid) return data({ ...kept, errors: fieldErrors(error) }, 422);
    if (!(error instanceof Conflict)) throw error;
    return data({ ...kept, stale: true }, 409);
  }
});

export default function ClassSettings() {
  const page = useLoaderData<typeof loader>();
  const messages = useText(classMessages);
  const text = messages.form;
  const moves = useText(courseMoveMessages);
  const result = useActionData<typeof action>();
  const stale = result?.stale ?? false;
  return (
    <div className={styles.form}>
      {result?.saved ? <Notice tone="done">{text.saved}</Notice> : null}
      {stale ? (
        <Notice tone="wrong">
          <p>{text.stale}</p>
          {result?.typed ? (
            <StaleSettings
              theirs={page.stored}
              yours={result.typed}
              choices={page.choices}
              ruleSets={page.ruleSets}
            />
          ) : null}
        </Notice>
      ) : null}
      <Form
        method="post"
        className={`card ${styles.form}`}
        key={`${page.version} ${String(stale)}`}
      >
        <input type="hidden" name="version" value={page.version} />
        <input type="hidden" name="organizationId" value={page.stored.organizationId} />
        <ClassFields
          values={result?.typed ?? page.stored}
          errors={result?.errors ?? {}}
          courses={page.choices}
          ruleSets={page.ruleSets}
        />
        <div className="row">
          <button className="button">{stale ? text.staleSave : text.save}</button>
          {stale ? (
            <Link className="button outlined" to="" reloadDocument>
              {text.staleShow}
            </Link>
          ) : null}
        </div>
      </Form>
      <section className="card">
        <h2>{text.versions}</h2>
        {page.courses.map((course) => (
          <div key={course.courseId} className={styles.course}>
            <span>
              {course.title} <span className="second">{text.onVersion(course.number)}</span>
            </span>
            {course.newer ? (
              <Link
                className="button outlined"
                to={`../courses/${course.courseId}`}
                aria-label={moves.seeOf(course.title, course.newer.number)}
              >
                {moves.see(course.newer.number)}
              </Link>
            ) : (
              <span className="second">{text.newest}</span>
            )}
          </div>
        ))}
      </section>
    </div>
  );
}
