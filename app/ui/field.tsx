import { useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes } from 'react';
import type { TextareaHTMLAttributes } from 'react';
import { IconAlertCircle } from './icons';

interface Around {
  label: string;
  hint?: ReactNode;
  /** How to fix it, in words; a list shows its first. */
  error?: string | readonly string[] | undefined;
}

interface Wiring {
  id: string;
  'aria-invalid'?: true;
  'aria-describedby'?: string;
}

function Surrounded(props: Around & { children: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  const error = typeof props.error === 'string' ? props.error : props.error?.[0];
  const described = [error ? `${id}-error` : '', props.hint ? `${id}-hint` : '']
    .filter(Boolean)
    .join(' ');
  const wiring: Wiring = { id };
  if (error) wiring['aria-invalid'] = true;
  if (described) wiring['aria-describedby'] = described;
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      {props.children(wiring)}
      {error ? (
        <p className="error" id={`${id}-error`}>
          <IconAlertCircle size={18} aria-hidden="true" />
          <span>{error}</span>
        </p>
      ) : null}
      {props.hint ? (
        <p className="hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      ) : null}
    </div>
  );
}

/** A labelled input: label above, error and hint below, tied together for screen readers. */
export function Field(props: Around & InputHTMLAttributes<HTMLInputElement>) {
  const { label, hint, error, ...input } = props;
  return (
    <Surrounded label={label} hint={hint} error={error}>
      {(wiring) => <input className="input" {...input} {...wiring} />}
    </Surrounded>
  );
}

export function SelectField(props: Around & SelectHTMLAttributes<HTMLSelectElement>) {
  const { label, hint, error, ...select } = props;
  return (
    <Surrounded label={label} hint={hint} error={error}>
      {(wiring) => <select className="input" {...select} {...wiring} />}
    </Surrounded>
  );
}

export function TextField(props: Around & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const { label, hint, error, ...textarea } = props;
  return (
    <Surrounded label={label} hint={hint} error={error}>
      {(wiring) => <textarea className="input" {...textarea} {...wiring} />}
    </Surrounded>
  );
}
