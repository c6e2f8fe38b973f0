import { useEffect, useId, useState, type InputHTMLAttributes } from 'react';
import { IconAlertCircle, IconEye, IconEyeOff } from './icons';
import styles from './password-field.module.css';

/** A password that can be looked at; the eye is there once scripts run, the field always. */
export function PasswordField(
  props: {
    label: string;
    hint?: string;
    error?: string | undefined;
    show: string;
    hide: string;
  } & InputHTMLAttributes<HTMLInputElement>,
) {
  const { label, hint, error, show, hide, ...input } = props;
  const id = useId();
  const [ready, setReady] = useState(false);
  const [shown, setShown] = useState(false);
  useEffect(() => setReady(true), []);
  const described = [error ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter(Boolean);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className={styles.around}>
        <input
          className="input"
          {...input}
          id={id}
          type={shown ? 'text' : 'password'}
          autoCapitalize="none"
          spellCheck={false}
          {...(error ? { 'aria-invalid': true } : {})}
          {...(described.length > 0 ? { 'aria-describedby': described.join(' ') } : {})}
        />
        {ready ? (
          <button
            type="button"
            className={styles.eye}
            aria-label={shown ? hide : show}
            onClick={() => setShown(!shown)}
          >
            {shown ? (
              <IconEyeOff size={20} aria-hidden="true" />
            ) : (
              <IconEye size={20} aria-hidden="true" />
            )}
          </button>
        ) : null}
      </div>
      {error ? (
        <p className="error" id={`${id}-error`}>
          <IconAlertCircle size={18} aria-hidden="true" />
          <span>{error}</span>
        </p>
      ) : null}
      {hint ? (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
    </div>
  );
}
