import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { useText } from '~/i18n/locale';
import { rosterMessages } from '~/i18n/messages/roster';
import { CellRow } from '~/ui/cell-row';
import { Field } from '~/ui/field';
import { IconDownload } from '~/ui/icons';
import { Link } from '~/ui/link';
import { Notice } from '~/ui/notice';
import { OrganizationMark } from '~/ui/organization-mark';
import type { answerRoster, showRoster } from './roster-desk.server';
import { BadRows, ReadyRows } from './roster-rows';
import { StartCodeList } from './start-code-list';
import styles from './roster.module.css';

type Shown = Awaited<ReturnType<typeof showRoster>>;

/** A roster from upload over repair to import, for an organization or a class. */
export function RosterView() {
  const { organization, trainingClass, draft } = useLoaderData<typeof showRoster>();
  const text = useText(rosterMessages);
  const result = useActionData<typeof answerRoster>();
  return (
    <>
      <div className="page-title">
        <h1>{text.title}</h1>
        <BackLink trainingClass={trainingClass} organizationId={organization.id} />
      </div>
      <div className={styles.columns}>
        <div className="stack">
          <p className="row">
            <OrganizationMark organization={organization} />
            {trainingClass
              ? text.toClass(trainingClass.title)
              : text.toOrganization(organization.name)}
          </p>
          {result?.fault ? (
            <Notice tone="wrong">{text.faults[result.fault] ?? result.fault}</Notice>
          ) : null}
          {result?.imported ? <Imported {...result.imported} /> : null}
          {draft && draft.rows > 0 ? (
            <Checked draft={draft} inClass={trainingClass !== null} />
          ) : result?.imported ? null : (
            <Upload />
          )}
        </div>
        <aside className={styles.aside} aria-label={text.how.title}>
          <h2>{text.how.title}</h2>
          <ul>
            {text.how.lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
            {trainingClass ? null : <li>{text.how.roleLine}</li>}
          </ul>
          <a
            className="button outlined"
            href={`/manage/people/roster-template${trainingClass ? '?for=class' : ''}`}
            download
          >
            <IconDownload size={18} aria-hidden="true" />
            {text.how.template}
          </a>
        </aside>
      </div>
    </>
  );
}

function BackLink(props: { trainingClass: { id: string } | null; organizationId: string }) {
  const text = useText(rosterMessages);
  return props.trainingClass ? (
    <Link to={`/manage/classes/${props.trainingClass.id}`}>{text.toClassPage}</Link>
  ) : (
    <Link to={`/manage/people?organization=${props.organizationId}`}>{text.toPeople}</Link>
  );
}

function Upload() {
  const text = useText(rosterMessages);
  return (
    <Form method="post" encType="multipart/form-data" className={`card stack ${styles.upload}`}>
      <Field
        label={text.file}
        hint={text.fileHint}
        type="file"
        name="file"
        required
        accept=".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
      />
      <div>
        <button className="button">{text.check}</button>
      </div>
    </Form>
  );
}

function Checked({ draft, inClass }: { draft: NonNullable<Shown['draft']>; inClass: boolean }) {
  const text = useText(rosterMessages);
  const { ready, bad, already } = draft;
  const isNew = ready.filter((row) => row.isNew).length;
  return (
    <>
      <div className={styles.summary}>
        <div>
          <h2>{ready.length > 0 ? text.checked : text.nothingReady}</h2>
          <p className="second">{text.of(draft.fileName, draft.rows)}</p>
        </div>
        <div className={styles.count}>
          <p className="split small">
            <b className={styles.ready}>{text.ready(ready.length)}</b>
            <span className="row">
              {bad.length > 0 ? <b className={styles.bad}>{text.bad(bad.length)}</b> : null}
              {already > 0 ? (
                <span className="second">{text.already(already, inClass)}</span>
              ) : null}
            </span>
          </p>
          <CellRow
            full={ready.length}
            pending={bad.length}
            total={draft.rows}
            label={text.cells(ready.length, bad.length, already)}
          />
        </div>
      </div>
      {bad.length > 0 ? (
        <Form method="post" id="repairs">
          <BadRows rows={bad} />
        </Form>
      ) : null}
      {ready.length > 0 ? <ReadyRows rows={ready} isNew={isNew} inClass={inClass} /> : null}
      <div className="split">
        <div className="row">
          {ready.length > 0 ? (
            <Form method="post">
              <button className="button" name="intent" value="import">
                {text.import(ready.length)}
              </button>
            </Form>
          ) : null}
          {bad.length > 0 ? (
            <button
              className={ready.length > 0 ? 'button outlined' : 'button'}
              form="repairs"
              name="intent"
              value="repair"
            >
              {text.recheck(bad.length)}
            </button>
          ) : null}
        </div>
        <AnotherFile />
      </div>
    </>
  );
}

function AnotherFile() {
  const { organization, trainingClass } = useLoaderData<typeof showRoster>();
  const text = useText(rosterMessages);
  const to = trainingClass
    ? `/manage/classes/${trainingClass.id}/roster`
    : `/manage/people/roster?organization=${organization.id}`;
  return <Link to={to}>{text.another}</Link>;
}

function Imported(props: {
  people: number;
  left: number;
  codes: { name: string; login: string; code: string }[];
}) {
  const text = useText(rosterMessages);
  return (
    <>
      <Notice tone="done">
        <p>
          <b>{text.imported(props.people)}</b>
        </p>
        {props.codes.length === 0 ? <p>{text.noNewAccounts}</p> : null}
        {props.left > 0 ? <p>{text.importedLeft(props.left)}</p> : null}
      </Notice>
      {props.codes.length > 0 ? <StartCodeList codes={props.codes} /> : null}
      {props.left === 0 ? (
        <p>
          <AnotherFile />
        </p>
      ) : null}
    </>
  );
}
