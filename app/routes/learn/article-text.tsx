import styles from './lesson.module.css';

/** What the lesson's authors wrote; it was sanitised when it was stored. */
export function ArticleText({ html }: { html: string }) {
  if (!html) return null;
  return <div className={`article ${styles.article}`} dangerouslySetInnerHTML={{ __html: html }} />;
}
