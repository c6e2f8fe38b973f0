import { data, redirect } from '@remix-run/node';
import { Form, useActionData } from '@remix-run/react';
import { createRuleSet } from '~/domain/rule-sets/create-rule-set.server';
import {
  readRulesForm,
  ruleSetNameSchema,
  rulesSchema,
  typedRules,
  USUAL_RULES,
} from '~/domain/rule-sets/rule-set-form';
import { Forbidden, Invalid } from '~/domain/shared/errors';
import { useText } from '~/i18n/locale';
import { ruleSetMessages } from '~/i18n/messages/rule-sets';
import { pageTitle } from '~/i18n/page-title';
import { Field } from '~/ui/field';
import { Link } from '~/ui/link';
import { fieldErrors, parseFields, textFields } from '~/web/form.server';
import { signedIn } from '~/web/page.server';
import { RuleFields } from './rule-fields';
import styles from './rule-sets.module.css';

export const meta = pageTitle(ruleSetMessages, (text) => text.form.newTitle);

export const loader = signedIn(async ({ viewer }) => {
  if (!viewer.administrator) throw new Forbidden();
  return Promise.resolve(null);
});

export const action = signedIn(async ({ request, context, viewer }) => {
  if (!viewer.administrator) throw new Forbidden();
  const fields = textFields(await request.formData());
  const typed = readRulesForm(fields);
  const names = { name: fields.name ?? '', nameEn: fields.nameEn ?? '' };
  try {
    const { name, nameEn, rules } = parseFields(ruleSetNameSchema.extend({ rules: rulesSchema }), {
      ...names,
      rules: typed,
    });
    const now = context.clock.now();
    const id = await createRuleSet(context.db, viewer, { name: { name, nameEn }, rules, now });
    throw redirect(`/manage/rule-sets/${id}?created`);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return data({ errors: fieldErrors(error), typed, names }, 422);
  }
});

export default function NewRuleSet() {
  const result = useActionData<typeof action>();
  const messages = useText(ruleSetMessages);
  const text = messages.form;
  const field = (name: 'name' | 'nameEn') => ({
    name,
    label: text[name],
    hint: text[`${name}Hint`],
    defaultValue: result?.names[name] ?? '',
    error: messages.errors[result?.errors[name] ?? ''],
    autoComplete: 'off',
    required: true,
  });
  const errors = Object.fromEntries(
    Object.entries(result?.errors ?? {}).map(([key, value]) => [
      key.replace(/^rules\//, ''),
      value,
    ]),
  );
  return (
    <>
      <p className="small">
        <Link to="/manage/rule-sets">{messages.detail.back}</Link>
      </p>
      <div className="page-title">
        <h1>{text.newTitle}</h1>
      </div>
      <Form method="post" className={`card stack ${styles.form}`} noValidate>
        <fieldset className={styles.part}>
          <legend>{text.names}</legend>
          <Field {...field('name')} />
          <Field {...field('nameEn')} />
        </fieldset>
        <RuleFields values={result?.typed ?? typedRules(USUAL_RULES)} errors={errors} />
        <div className="row">
          <button className="button">{text.create}</button>
        </div>
      </Form>
    </>
  );
}
