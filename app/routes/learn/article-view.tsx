import { Form, useActionData } from '@remix-run/react';
import { useText } from '~/i18n/locale';
import { learnMessages } from '~/i18n/messages/learn';
import { Badge } from '~/ui/badge';
import { IconChevronLeft } from '~/ui/icons';
import { Link } from '~/ui/link';
import { Notice } from '~/ui/notice';
import { ArticleText } from './article-text';
import type { LessonPage } from './lesson-page';
import styles from './lesson.module.css';
import { Title } from './video-view';

/** An article; at its end one tap completes it. */
export function ArticleView({ page }: { page: LessonPage }) {
  const text = useText(learnMessages).lesson;
  const refused = useActionData<{ notOpen?: boolean }>()?.notOpen;
  return (
    <>
      <div className={styles.articleBar}>
        <Link
          className="bare-icon"
          to={`/learn/classes/${page.enrollmentId}`}
          aria-label={text.back}
        >
          <IconChevronLeft size={24} aria-hidden="true" />
        </Link>
        <span className="small second">{text.articleKind}</span>
      </div>
      <div className={styles.about}>
        <Title page={page} />
        <ArticleText html={page.articleHtml} />
        {page.lesson.complete ? (
          <p>
            <Badge tone="done">{text.finished}</Badge>
          </p>
        ) : (
          <Form method="post" className={styles.finish} preventScrollReset>
            <p className="second">{text.finishHint}</p>
            <button className="button wide">{text.finish}</button>
            {refused ? <Notice tone="wrong">{text.notOpen}</Notice> : null}
          </Form>
        )}
      </div>
    </>
  );
}
