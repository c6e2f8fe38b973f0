import { data } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { dayAt } from '~/domain/class-hours/platform-day';
import { getRuleSet } from '~/domain/rule-sets/get-rule-set.server';
import { publishRuleSetVersion } from '~/domain/rule-sets/publish-rule-set-version.server';
import { ruleChanges } from '~/domain/rule-sets/rule-changes';
import { readRulesForm, rulesSchema, typedRules } from '~/domain/rule-sets/rule-set-form';
import { Conflict, Forbidden, Invalid } from '~/domain/shared/errors';
import { useLocale, useText } from '~/i18n/locale';
import { ruleSetMessages } from '~/i18n/messages/rule-sets';
import { pageTitle } from '~/i18n/page-title';
import { Badge } from '~/ui/badge';
import { Link } from '~/ui/link';
import { Notice } from '~/ui/notice';
import { fieldErrors, parseFields, textFields } from '~/web/form.server';
import { signedIn } from '~/web/page.server';
import { RuleFields } from './rule-fields';
import { VersionCard } from './version-card';
import styles from './rule-sets.module.css';

export const meta = pageTitle(ruleSetMessages, (text) => text.title);

/** Also after a refusal: it is refused because somebody else published first. */
export const shouldRevalidate = () => true;

export const loader = signedIn(async ({ request, params, context, viewer }) => {
  const { zone } = context.settings;
  const today = dayAt(context.clock.now(), zone).day;
  const { versions, ...ruleSet } = await getRuleSet(
    context.db,
    viewer,
    params.ruleSetId ?? '',
    today,
  );
  return {
    ...ruleSet,
    administrator: viewer.administrator,
    created: new URL(request.url).searchParams.has('created'),
    newest: versions[0]!.rules,
    versions: versions.map((one, index) => ({
      ...one,
      publishedOn: dayAt(one.publishedAt, zone).day,
      before: versions[index + 1]?.rules ?? null,
      changed: versions[index + 1] ? ruleChanges(versions[index + 1]!.rules, one.rules) : [],
    })),
  };
});

export const action = signedIn(async ({ request, params, context, viewer }) => {
  if (!viewer.administrator) throw new Forbidden();
  const fields = textFields(await request.formData());
  const typed = readRulesForm(fields);
  const none: Record<string, string> = {};
  try {
    const published = await publishRuleSetVersion(context.db, viewer, {
      ruleSetId: params.ruleSetId ?? '',
      newest: Number(fields.newest),
      rules: parseFields(rulesSchema, typed),
      now: context.clock.now(),
    });
    return data({ published, errors: none, typed: null, stale: false });
  } catch (error) {
    const kept = { published: 0, errors: none, typed, stale: false };
    if (error instanceof Invalid) return data({ ...kept, errors: fieldErrors(error) }, 422);
    if (error instanceof Conflict) return data({ ...kept, stale: true }, 409);
    throw error;
  }
});

export default function RuleSetPage() {
  const page = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const text = useText(ruleSetMessages);
  const locale = useLocale();
  return (
    <>
      <p className="small">
        <Link to="/manage/rule-sets">{text.detail.back}</Link>
      </p>
      <div className="page-title">
        <div className={styles.heading}>
          <h1>{locale === 'zh' ? page.name : page.nameEn}</h1>
          {page.sample ? <Badge tone="plain">{text.list.sample}</Badge> : null}
        </div>
      </div>
      <div className={styles.outcome}>
        {result?.published ? (
          <Notice tone="done">{text.detail.published(result.published)}</Notice>
        ) : page.created ? (
          <Notice tone="done">{text.form.created}</Notice>
        ) : null}
        {result?.stale ? <Notice tone="wrong">{text.detail.stale}</Notice> : null}
        {result?.errors.form ? (
          <Notice tone="wrong">{text.errors[result.errors.form]}</Notice>
        ) : null}
      </div>
      <div className={page.administrator ? styles.columns : undefined}>
        <div className="stack">
          {page.versions.map((version, index) => (
            <VersionCard key={version.id} {...version} newest={index === 0} />
          ))}
        </div>
        {page.administrator ? (
          <Form
            method="post"
            className="card stack"
            noValidate
            key={`${page.newest.version} ${String(result?.stale ?? false)}`}
          >
            <h2>{text.detail.publish}</h2>
            <p className="second">{text.detail.publishIntro}</p>
            {page.sample ? <p className="small second">{text.detail.named}</p> : null}
            <input type="hidden" name="newest" value={page.newest.version} />
            <RuleFields
              values={result?.typed ?? typedRules(page.newest)}
              errors={result?.errors ?? {}}
            />
            <div className="row">
              <button className="button">{text.detail.publishNow(page.newest.version + 1)}</button>
            </div>
          </Form>
        ) : null}
      </div>
    </>
  );
}
