import { useLoaderData } from '@remix-run/react';
import { LONGEST_QUERY, searchClassCaptions } from '~/domain/classes/search-class-captions.server';
import { clockTime } from '~/i18n/durations';
import { useText } from '~/i18n/locale';
import { learnMessages } from '~/i18n/messages/learn';
import { pageTitle } from '~/i18n/page-title';
import { EmptyState } from '~/ui/empty-state';
import { IconChevronLeft } from '~/ui/icons';
import { Link } from '~/ui/link';
import { Pager } from '~/ui/pager';
import { signedIn } from '~/web/page.server';
import { SearchForm } from './caption-search-form';
import styles from './captions.module.css';

export const meta = pageTitle(learnMessages, (text) => text.search.title);

export const loader = signedIn(async ({ request, params, context, viewer }) => {
  const search = new URL(request.url).searchParams;
  const words = (search.get('words') ?? '').slice(0, LONGEST_QUERY);
  const enrollmentId = params.enrollmentId ?? '';
  const page = Number(search.get('page') ?? '1');
  const found = await searchClassCaptions(context.db, {
    personId: viewer.personId,
    enrollmentId,
    words,
    page: Number.isSafeInteger(page) ? page : 1,
  });
  return { enrollmentId, words, ...found };
});

/** Where a word is said in the lessons of a class; a hit opens its lesson at that second. */
export default function CaptionSearch() {
  const { enrollmentId, words, hits, total, page, pages } = useLoaderData<typeof loader>();
  const text = useText(learnMessages).search;
  const back = `/learn/classes/${enrollmentId}`;
  return (
    <div className={styles.page}>
      <div className="page-bar">
        <Link className="bare-icon" to={back} aria-label={text.back}>
          <IconChevronLeft size={24} aria-hidden="true" />
        </Link>
        <h1>{text.title}</h1>
      </div>
      <SearchForm to={`${back}/captions`} words={words} />
      {words.trim() === '' ? (
        <p className={styles.hint}>{text.hint}</p>
      ) : total === 0 ? (
        <EmptyState drawing="caliper" title={text.none(words)}>
          {text.noneText}
        </EmptyState>
      ) : (
        <>
          <p className={styles.hint} role="status">
            {text.found(total)}
          </p>
          <ol className={styles.hits}>
            {hits.map((hit) => (
              <li key={`${hit.lessonId} ${hit.language} ${hit.fromMs} ${hit.said}`}>
                <Link to={`${back}/lessons/${hit.lessonId}?from=${hit.fromMs}`}>
                  <time>{clockTime(hit.fromMs)}</time>
                  <span className={styles.said}>
                    <span lang={hit.language}>{marked(hit.said, words)}</span>
                    <span className="small second">{hit.lessonTitle}</span>
                  </span>
                </Link>
              </li>
            ))}
          </ol>
          <Pager page={page} pages={pages} total={total} />
        </>
      )}
    </div>
  );
}

/** The words where they stand, so that the eye finds them. */
function marked(said: string, words: string) {
  const at = said.toLowerCase().indexOf(words.trim().toLowerCase());
  if (at < 0) return said;
  const end = at + words.trim().length;
  return (
    <>
      {said.slice(0, at)}
      <mark>{said.slice(at, end)}</mark>
      {said.slice(end)}
    </>
  );
}
