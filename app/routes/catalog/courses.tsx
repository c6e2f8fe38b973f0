import { Form, useLoaderData, useSubmit } from '@remix-run/react';
import { CATALOG_PAGE, catalogFilter, type CatalogFilter } from '~/domain/courses/catalog-filter';
import {
  countPublishedCourses,
  listCatalogFilters,
  listPublishedCourses,
} from '~/domain/courses/published-courses.server';
import { useText } from '~/i18n/locale';
import { catalogMessages } from '~/i18n/messages/catalog';
import { courseMessages } from '~/i18n/messages/courses';
import { pageTitle } from '~/i18n/page-title';
import { EmptyState } from '~/ui/empty-state';
import { IconSearch } from '~/ui/icons';
import { Link } from '~/ui/link';
import { Pager } from '~/ui/pager';
import { anyone } from '~/web/page.server';
import { CourseCard } from './course-card';
import styles from './courses.module.css';

export const meta = pageTitle(catalogMessages, (text) => text.title);

export const loader = anyone(async ({ request, context }) => {
  const asked = Object.fromEntries(new URL(request.url).searchParams);
  const filter = catalogFilter.parse(asked);
  const { q, occupation, level, organization: organizationId, page } = filter;
  const wanted = { q, occupation, level, organizationId };
  const offset = (page - 1) * CATALOG_PAGE;
  const [courses, total, choices] = await Promise.all([
    listPublishedCourses(context.db, wanted, { limit: CATALOG_PAGE, offset }),
    countPublishedCourses(context.db, wanted),
    listCatalogFilters(context.db),
  ]);
  return { filter, courses, total, choices, pages: Math.ceil(total / CATALOG_PAGE) };
});

function search(filter: CatalogFilter, change: Partial<CatalogFilter>): string {
  const next = { ...filter, page: 1, ...change };
  const given = Object.entries(next).filter(([name, value]) => name !== 'page' && value !== '');
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return query ? `/catalog?${query}` : '/catalog';
}

export default function Catalog() {
  const { filter, courses, total, choices, pages } = useLoaderData<typeof loader>();
  const text = useText(catalogMessages);
  const filtered = Boolean(filter.q || filter.occupation || filter.level || filter.organization);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div>
          <h1>{text.heading}</h1>
          <p className="second">{text.lead}</p>
        </div>
        <SearchForm key={filter.q} filter={filter} />
      </header>
      <div className={styles.filters}>
        <nav className={styles.chips} aria-label={text.occupations}>
          {['', ...choices.occupations].map((occupation) => (
            <Link
              key={occupation}
              className="chip"
              to={search(filter, { occupation })}
              aria-current={filter.occupation === occupation ? 'true' : undefined}
            >
              {occupation || text.allOccupations}
            </Link>
          ))}
        </nav>
        <Choices filter={filter} choices={choices} />
      </div>
      <p className={styles.summary} role="status">
        <span className="second">{text.found(total)}</span>
        {filtered ? <Link to="/catalog">{text.clear}</Link> : null}
      </p>
      {courses.length > 0 ? (
        <ul className={styles.list}>
          {courses.map((course) => (
            <CourseCard key={course.courseId} course={course} />
          ))}
        </ul>
      ) : (
        <EmptyState
          drawing={filtered ? 'caliper' : 'kite'}
          title={filtered ? text.nothing : text.empty}
          actions={
            filtered ? (
              <Link className="button" to="/catalog">
                {text.clear}
              </Link>
            ) : null
          }
        >
          {filtered ? text.nothingText : text.emptyText}
        </EmptyState>
      )}
      <Pager page={filter.page} pages={pages} total={total} />
    </div>
  );
}

function Kept({ filter, but }: { filter: CatalogFilter; but: string[] }) {
  return (['q', 'occupation', 'level', 'organization'] as const)
    .filter((name) => !but.includes(name) && filter[name] !== '')
    .map((name) => <input key={name} type="hidden" name={name} value={filter[name]} />);
}

function SearchForm({ filter }: { filter: CatalogFilter }) {
  const text = useText(catalogMessages);
  return (
    <Form method="get" action="/catalog" role="search" className={styles.search}>
      <Kept filter={filter} but={['q']} />
      <IconSearch size={20} aria-hidden="true" />
      <input
        className="input"
        type="search"
        name="q"
        aria-label={text.search}
        placeholder={text.searchHint}
        defaultValue={filter.q}
      />
      <button className="button outlined">{text.find}</button>
    </Form>
  );
}

function Choices(props: {
  filter: CatalogFilter;
  choices: { levels: string[]; organizations: { id: string; name: string }[] };
}) {
  const { filter, choices } = props;
  const text = useText(catalogMessages);
  const levels = useText(courseMessages).levels;
  const submit = useSubmit();
  return (
    <Form
      method="get"
      action="/catalog"
      className={styles.selects}
      key={`${filter.level}/${filter.organization}`}
      onChange={(event) => submit(event.currentTarget)}
    >
      <Kept filter={filter} but={['level', 'organization']} />
      <label>
        <span className="visually-hidden">{text.level}</span>
        <select className="input" name="level" defaultValue={filter.level}>
          <option value="">{text.anyLevel}</option>
          {choices.levels.map((level) => (
            <option key={level} value={level}>
              {levels[level] ?? level}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="visually-hidden">{text.organization}</span>
        <select className="input" name="organization" defaultValue={filter.organization}>
          <option value="">{text.anyOrganization}</option>
          {choices.organizations.map((organization) => (
            <option key={organization.id} value={organization.id}>
              {organization.name}
            </option>
          ))}
        </select>
      </label>
      <noscript>
        <button className="button outlined">{text.apply}</button>
      </noscript>
    </Form>
  );
}
