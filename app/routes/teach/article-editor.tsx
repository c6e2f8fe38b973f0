import { useEffect, useId, useState, type ComponentType } from 'react';
import { useText } from '~/i18n/locale';
import { teachMessages } from '~/i18n/messages/teach';
import { IconAlertCircle } from '~/ui/icons';

export interface RichTextProps {
  name: string;
  labelledBy: string;
  html: string;
  readOnly: boolean;
  onChange: (html: string) => void;
}

/** The article's field: the rich editor once it has loaded, its page code before and without it. */
export function ArticleEditor(props: {
  name: string;
  label: string;
  html: string;
  readOnly: boolean;
  error?: string | undefined;
  onChange: (html: string) => void;
}) {
  const { name, label, html, readOnly, error, onChange } = props;
  const text = useText(teachMessages).lesson;
  const id = useId();
  const [RichText, setRichText] = useState<ComponentType<RichTextProps>>();
  useEffect(() => {
    let wanted = true;
    void import('./rich-text').then((loaded) => {
      if (wanted) setRichText(() => loaded.RichText);
    });
    return () => {
      wanted = false;
    };
  }, []);
  return (
    <div className="field">
      <label id={`${id}-label`} htmlFor={RichText ? undefined : id}>
        {label}
      </label>
      {RichText ? (
        <RichText {...{ name, html, readOnly, onChange }} labelledBy={`${id}-label`} />
      ) : (
        <>
          <textarea
            className="input"
            id={id}
            name={name}
            defaultValue={html}
            rows={12}
            readOnly={readOnly}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
          <p className="hint">{text.plainHint}</p>
        </>
      )}
      {error ? (
        <p className="error">
          <IconAlertCircle size={18} aria-hidden="true" />
          {error}
        </p>
      ) : null}
    </div>
  );
}
