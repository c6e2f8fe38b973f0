import { Form } from '@remix-run/react';
import type {
  PartStanding,
  RequestStanding,
} from '~/domain/sign-offs/get-publication-standing.server';
import { useText } from '~/i18n/locale';
import { checkListMessages } from '~/i18n/messages/check-list';
import { signOffMessages } from '~/i18n/messages/sign-offs';
import { Badge } from '~/ui/badge';
import { Notice } from '~/ui/notice';
import { OrganizationMark } from '~/ui/organization-mark';
import { CheckList } from './check-list';
import { ChangeList } from './publication-lists';
import styles from './publication.module.css';

interface CandidateProps {
  request: RequestStanding;
  mayPublish: boolean;
  /** Whether the draft could be frozen in its place. */
  ready: boolean;
  courseId: string;
  leadOrganizationId: string;
  moment: (at: number) => string;
}

/** The frozen candidate: who has signed which part of it, who is missing, and what came too late for it. */
export function Candidate(props: CandidateProps) {
  const { request, mayPublish, ready, leadOrganizationId, moment } = props;
  const text = useText(signOffMessages);
  const checks = useText(checkListMessages);
  const missing = request.parts.filter((part) => !part.signed).length;
  const id = <input type="hidden" name="requestId" value={request.id} />;
  return (
    <section className={`card ${styles.candidate}`} aria-labelledby="candidate-title">
      <div className="split">
        <h2 id="candidate-title">{text.title(request.number)}</h2>
        <Badge tone={missing > 0 ? 'pending' : 'done'}>
          {missing > 0 ? text.waiting(missing) : text.complete}
        </Badge>
      </div>
      <p className="second small">
        {text.requested(request.requested.name, moment(request.requested.at))}{' '}
        <span className={styles.seal}>{text.seal(request.seal)}</span>
      </p>
      {request.note ? <p className={styles.note}>{request.note}</p> : null}
      {request.openPoints.length > 0 ? (
        <details>
          <summary>{checks.frozen(request.openPoints.length)}</summary>
          <CheckList points={request.openPoints} courseId={props.courseId} moment={moment} />
        </details>
      ) : null}
      <ul className={`plain ${styles.parts}`}>
        {request.parts.map((part) => (
          <Part
            key={part.organization.id}
            part={part}
            requestId={request.id}
            leads={part.organization.id === leadOrganizationId}
            moment={moment}
          />
        ))}
      </ul>
      {request.draftChanges.length > 0 ? (
        <div className={styles.late}>
          <Notice tone="pending">{text.late}</Notice>
          <ChangeList changes={request.draftChanges} />
          {mayPublish && ready ? (
            <Form method="post" className={styles.renew}>
              <button className="button outlined" name="intent" value="request">
                {text.renew}
              </button>
              <span className="second small">{text.renewHint}</span>
            </Form>
          ) : null}
        </div>
      ) : null}
      {mayPublish ? (
        <Form method="post" className={styles.foot}>
          {id}
          {missing === 0 ? (
            <button className="button" name="intent" value="publish">
              {text.publish(request.number)}
            </button>
          ) : null}
          <button className="button text" name="intent" value="withdraw">
            {text.withdraw}
          </button>
        </Form>
      ) : null}
    </section>
  );
}

function Part(props: {
  part: PartStanding;
  requestId: string;
  leads: boolean;
  moment: (at: number) => string;
}) {
  const { part, requestId, leads, moment } = props;
  const text = useText(signOffMessages);
  const { organization, signed, voided, lessonCount } = part;
  const what = organization.kind === 'bureau' ? text.whole : leads ? text.outline : text.lessons;
  return (
    <li className={styles.part}>
      <OrganizationMark organization={organization} size={24} />
      <div className={styles.who}>
        <b>{organization.name}</b>
        <span className="second small">{what(lessonCount)}</span>
        {voided ? (
          <div className={styles.voided}>
            <span className="small">{text.voided(voided.name, moment(voided.at))}</span>
            <ChangeList changes={voided.changes} />
          </div>
        ) : null}
      </div>
      <div className={styles.signature}>
        {signed ? (
          <Badge tone="done">{text.signed(signed.name, moment(signed.at))}</Badge>
        ) : (
          <Badge tone="pending">{text.unsigned}</Badge>
        )}
        {part.maySign ? (
          <Form method="post">
            <input type="hidden" name="requestId" value={requestId} />
            <input type="hidden" name="organizationId" value={organization.id} />
            <input type="hidden" name="hash" value={part.hash} />
            {signed ? (
              <button
                className="button text"
                name="intent"
                value="withdraw-sign"
                aria-label={text.withdrawSignFor(organization.name)}
              >
                {text.withdrawSign}
              </button>
            ) : (
              <button
                className="button"
                name="intent"
                value="sign"
                aria-label={text.signFor(organization.name)}
              >
                {text.sign}
              </button>
            )}
          </Form>
        ) : null}
      </div>
    </li>
  );
}
