import { data, type AppLoadContext } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { showLogin } from '~/domain/accounts/show-login';
import type { Viewer } from '~/domain/accounts/viewer.server';
import { changeAdministration } from '~/domain/organizations/change-administration.server';
import { changeRoles } from '~/domain/organizations/change-roles.server';
import { disableAccount } from '~/domain/organizations/disable-account.server';
import { editPerson } from '~/domain/organizations/edit-person.server';
import { getManagedPerson } from '~/domain/organizations/get-managed-person.server';
import { listManagedOrganizations } from '~/domain/organizations/list-organizations.server';
import { personFactsSchema, rolesSchema } from '~/domain/organizations/person-form';
import { reissueStartCode } from '~/domain/organizations/reissue-start-code.server';
import { Conflict, Invalid } from '~/domain/shared/errors';
import { useText } from '~/i18n/locale';
import { peopleMessages } from '~/i18n/messages/people';
import { useMoment } from '~/i18n/moment';
import { pageTitle } from '~/i18n/page-title';
import { Avatar } from '~/ui/avatar';
import { Badge } from '~/ui/badge';
import { Link } from '~/ui/link';
import { Notice } from '~/ui/notice';
import { fieldErrors, parseFields, textFields, type FieldErrors } from '~/web/form.server';
import { signedIn } from '~/web/page.server';
import { AccountActions, FactsForm, RolesForm } from './person-forms';
import { StartCodeList } from './start-code-list';
import styles from './person.module.css';

export const meta = pageTitle(peopleMessages, (text) => text.title);

export const loader = signedIn(async ({ params, context, viewer }) => {
  const now = context.clock.now();
  const person = await getManagedPerson(context.db, viewer, params.personId ?? '', now);
  const organizations = await listManagedOrganizations(context.db, viewer);
  return {
    person,
    organizations: organizations.filter((organization) =>
      person.organizations.some((membership) => membership.id === organization.id),
    ),
    self: person.id === viewer.personId,
    viewerAdministers: viewer.administrator,
    zone: context.settings.zone,
  };
});

type Done = 'factsSaved' | 'rolesSaved' | 'disabled' | 'enabled' | 'granted' | 'ended' | 'newCode';

export const action = signedIn(async ({ request, params, context, viewer }) => {
  const form = await request.formData();
  try {
    const result = await change(context, viewer, params.personId ?? '', form);
    const none: FieldErrors = {};
    return data({
      ...result,
      error: undefined,
      errors: none,
      values: none,
    });
  } catch (error) {
    if (!(error instanceof Conflict || error instanceof Invalid)) throw error;
    const errors = error instanceof Invalid ? fieldErrors(error) : {};
    return data(
      { done: undefined, code: undefined, error: error.type, errors, values: textFields(form) },
      { status: error.status },
    );
  }
});

async function change(
  context: AppLoadContext,
  viewer: Viewer,
  personId: string,
  form: FormData,
): Promise<{ done: Done; code: string | undefined }> {
  const { db } = context;
  const whom = { personId, viewer, now: context.clock.now() };
  const done = (what: Done, code?: string) => ({ done: what, code });
  switch (form.get('intent')) {
    case 'roles': {
      const roles = rolesSchema.safeParse(form.getAll('role'));
      if (!roles.success) throw new Invalid([{ pointer: '/roles', message: 'roles' }]);
      const organizationId = textFields(form).organization ?? '';
      await changeRoles(db, { ...whom, organizationId, roles: roles.data });
      return done('rolesSaved');
    }
    case 'facts': {
      const organizationId = textFields(form).organization;
      await editPerson(db, {
        ...whom,
        organizationId,
        ...parseFields(personFactsSchema, textFields(form)),
      });
      return done('factsSaved');
    }
    case 'code':
      return done('newCode', await reissueStartCode(db, whom));
    case 'disable':
      await disableAccount(db, { ...whom, disabled: true });
      return done('disabled');
    case 'enable':
      await disableAccount(db, { ...whom, disabled: false });
      return done('enabled');
    case 'grant':
      await changeAdministration(db, { ...whom, administrator: true });
      return done('granted');
    case 'end':
      await changeAdministration(db, { ...whom, administrator: false });
      return done('ended');
    default:
      throw new Invalid([{ pointer: '/intent', message: 'intent' }]);
  }
}

export default function Person() {
  const { person, organizations, zone } = useLoaderData<typeof loader>();
  const messages = useText(peopleMessages);
  const text = messages.person;
  const moment = useMoment(zone);
  const result = useActionData<typeof action>();
  const state = person.disabledAt ? 'disabled' : person.signedUp ? 'active' : 'not-signed-up';
  const home = organizations[0];
  return (
    <div className={styles.narrow}>
      <div className="page-title">
        <div className={styles.head}>
          <Avatar name={person.name} {...(home ? { organization: home } : {})} />
          <h1>{person.name}</h1>
          <Badge tone={state === 'active' ? 'plain' : state === 'disabled' ? 'wrong' : 'pending'}>
            {messages.states[state]}
          </Badge>
          {person.administrator ? <Badge tone="plain">{messages.administrator}</Badge> : null}
        </div>
        <Link to={home ? `/manage/people?organization=${home.id}` : '/manage/people'}>
          {messages.form.back}
        </Link>
      </div>
      {result?.error && messages.errors[result.error] ? (
        <Notice tone="wrong">{messages.errors[result.error]}</Notice>
      ) : null}
      {result?.done && result.done !== 'newCode' ? (
        <Notice tone="done">{text[result.done]}</Notice>
      ) : null}
      {result?.code ? (
        <>
          <Notice tone="done">{text.newCodeDone(person.name)}</Notice>
          <StartCodeList
            codes={[
              {
                name: person.name,
                login: showLogin(person.logins[0]?.loginName ?? ''),
                code: result.code,
              },
            ]}
          />
        </>
      ) : null}
      <section className="card">
        <h2>{text.facts}</h2>
        <dl className="facts">
          <dt>{messages.logins}</dt>
          <dd>{person.logins.map(({ loginName }) => showLogin(loginName)).join('  ')}</dd>
          <dt>{text.added}</dt>
          <dd>{moment(person.createdAt)}</dd>
          {person.signedUp ? null : (
            <>
              <dt>{messages.codes.code}</dt>
              <dd>
                {person.startCodeUntil
                  ? text.codeUntil(moment(person.startCodeUntil))
                  : text.codeNone}
              </dd>
            </>
          )}
        </dl>
        {person.accountInReach ? (
          <details className={styles.correct} open={Object.keys(result?.errors ?? {}).length > 0}>
            <summary>{text.correct}</summary>
            <FactsForm key={result?.done} />
          </details>
        ) : null}
      </section>
      {organizations.map((organization) => (
        <RolesForm key={organization.id} organizationId={organization.id} />
      ))}
      <AccountActions />
    </div>
  );
}
