import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { EmptyState } from '@/components/display/empty-state';
import { PageHeader } from '@/components/display/page-header';
import { ResultGroups } from '@/components/search/result-groups';
import classes from '@/components/search/search.module.css';
import { SearchForm } from '@/components/search/search-form';
import { actorPage } from '@/lib/pages/actor-page';
import { mostResults, search } from '@/lib/search/search';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('search');
  return { title: t('title') };
}

export default actorPage(
  '/search',
  async ({ actor, search: asked }) => {
    const query = (asked.q ?? '').trim();
    const { exact, results } = await search(actor, query, await getTranslations());
    const [only] = results;
    // An id opens its page.
    if (exact && only !== undefined && results.length === 1) redirect(only.href);
    return { query, results };
  },
  async ({ query, results }) => {
    const t = await getTranslations('search');
    return (
      <>
        <PageHeader title={query === '' ? t('title') : t('titleFor', { query })} />
        <SearchForm query={query} />
        {query === '' && <EmptyState title={t('begin.title')}>{t('begin.text')}</EmptyState>}
        {query !== '' && results.length === 0 && (
          <EmptyState title={t('nothing.title', { query })}>{t('nothing.text')}</EmptyState>
        )}
        <ResultGroups results={results} />
        {results.length === mostResults && <p className={classes.many}>{t('many', { count: mostResults })}</p>}
      </>
    );
  },
);
