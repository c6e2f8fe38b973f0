import { useFetcher } from '@remix-run/react';
import { useText } from '~/i18n/locale';
import { partRightsMessages } from '~/i18n/messages/part-rights';
import type { EditorData } from './editor';
import styles from './chapter-opening.module.css';

/** The switch with which the organization that makes a chapter lets its partners edit it. */
export function ChapterOpening({ chapter }: { chapter: EditorData['chapters'][number] }) {
  const text = useText(partRightsMessages);
  const { Form, formData, data } = useFetcher<{ opened?: boolean }>({ key: `open-${chapter.id}` });
  const open = formData ? formData.get('intent') === 'open' : chapter.openToPartners;
  return (
    <Form method="post" className={styles.opening}>
      <div>
        <b id="chapter-opening">{text.opening}</b>
        <p className="small second" role="status">
          {data?.opened === undefined || data.opened !== open
            ? open
              ? text.openNow
              : text.closedNow
            : open
              ? text.opened
              : text.closed}
        </p>
      </div>
      <button
        className={styles.switch}
        role="switch"
        aria-checked={open}
        aria-labelledby="chapter-opening"
        title={open ? text.close : text.open}
        name="intent"
        value={open ? 'close' : 'open'}
      />
    </Form>
  );
}
