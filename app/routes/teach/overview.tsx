import { data } from '@remix-run/node';
import { Form, useNavigation, useOutletContext, useParams } from '@remix-run/react';
import { z } from 'zod';
import { requireCourseReader } from '~/domain/co-authoring/course-reach.server';
import { courseSettings } from '~/domain/courses/course-settings';
import { saveCourseSettings } from '~/domain/courses/save-course-settings.server';
import { StaleSave } from '~/domain/courses/stale-save';
import { Invalid } from '~/domain/shared/errors';
import { useText } from '~/i18n/locale';
import { courseMessages } from '~/i18n/messages/courses';
import { teachMessages } from '~/i18n/messages/teach';
import { Notice } from '~/ui/notice';
import { fieldErrors, parseFields, textFields, type FieldErrors } from '~/web/form.server';
import { signedIn } from '~/web/page.server';
import { Conflict } from './conflict';
import { PartNotice } from './part-notice';
import type { EditorContext } from './editor';
import { useTypedForm } from './use-typed-form';
import { SettingsFields, type SettingsValues } from './settings-fields';
import { useAnswer } from './use-answer';
import styles from './editor.module.css';

const saving = courseSettings.extend({ version: z.coerce.number().int().positive() });

interface Answer {
  saved: boolean;
  errors: FieldErrors;
  values: Record<string, string>;
  conflict:
    | {
        current: SettingsValues & { version: number };
        changedBy: string | null;
        changedAt: number;
      }
    | undefined;
}

export const loader = signedIn(async ({ params, context, viewer }) => {
  await requireCourseReader(context.db, viewer, params.courseId ?? '');
  return null;
});

export const action = signedIn(async ({ request, params, context, viewer }) => {
  const values = textFields(await request.formData());
  const now = context.clock.now();
  const answer: Answer = { saved: false, errors: {}, values, conflict: undefined };
  try {
    const { version, ...settings } = parseFields(saving, values);
    const courseId = params.courseId ?? '';
    await saveCourseSettings(context.db, viewer, { courseId, version, settings, now });
    return data({ ...answer, saved: true });
  } catch (error) {
    if (error instanceof Invalid) {
      return data({ ...answer, errors: fieldErrors(error) }, { status: 422 });
    }
    if (!(error instanceof StaleSave)) throw error;
    const conflict = {
      current: error.current as SettingsValues & { version: number },
      changedBy: error.changedBy,
      changedAt: error.changedAt ?? now,
    };
    return data({ ...answer, conflict }, { status: 409 });
  }
});

export default function Overview() {
  const { editor } = useOutletContext<EditorContext>();
  const answer = useAnswer<typeof action>();
  const { courseId } = useParams();
  const text = useText(teachMessages);
  const busy = useNavigation().state !== 'idle';
  const typed = answer && !answer.saved ? answer.values : undefined;
  const stored = { id: editor.courseId, version: editor.version, settings: editor.settings };
  const { base, touch } = useTypedForm(stored, answer);
  if (answer?.conflict) {
    const { conflict, values } = answer;
    return (
      <>
        <h1 className={styles.title}>{text.editor.settings}</h1>
        <Conflict
          changedBy={conflict.changedBy}
          changedAt={conflict.changedAt}
          zone={editor.zone}
          theirs={<Settings values={conflict.current} />}
          mine={<Settings values={settingsOf(values)} />}
          mineFields={{ ...values, version: String(conflict.current.version) }}
          keepTo={`/teach/courses/${courseId}`}
        />
      </>
    );
  }
  return (
    <>
      <h1 className={styles.title}>{text.editor.settings}</h1>
      {editor.mayLead ? null : (
        <>
          <PartNotice
            editor={editor}
            of="closedSettings"
            organizationId={editor.leadOrganizationId}
          />
          <Settings values={editor.settings} />
        </>
      )}
      {editor.mayLead ? (
        <Form method="post" className="stack" key={base.version} onChange={touch}>
          {answer?.saved ? <Notice tone="done">{text.saved}</Notice> : null}
          <input type="hidden" name="version" value={typed?.version ?? base.version} />
          <SettingsFields
            values={typed ? settingsOf(typed) : base.settings}
            errors={answer?.errors ?? {}}
          />
          <div>
            <button className="button" disabled={busy}>
              {text.lesson.save}
            </button>
          </div>
        </Form>
      ) : null}
    </>
  );
}

function settingsOf(values: Record<string, string>): SettingsValues {
  const { title = '', occupation = '', level = '', summary = '', cover = '' } = values;
  return { title, occupation, level, summary, cover };
}

function Settings({ values }: { values: SettingsValues }) {
  const words = useText(courseMessages);
  const shown = {
    ...values,
    level: words.levels[values.level] ?? values.level,
    cover: words.covers[values.cover] ?? values.cover,
  };
  return (
    <dl className={styles.facts}>
      {(['title', 'occupation', 'level', 'summary', 'cover'] as const).map((field) => (
        <div key={field}>
          <dt>{words.fields[field]}</dt>
          <dd>{shown[field]}</dd>
        </div>
      ))}
    </dl>
  );
}
