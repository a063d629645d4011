import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { attemptFilters } from '@/components/attempts/attempt-filters';
import { AttemptTable } from '@/components/attempts/attempt-table';
import { ListNotice } from '@/components/attempts/list-notice';
import { NewerBanner } from '@/components/attempts/newer-banner';
import { ButtonLink } from '@/components/display/button-link';
import { EmptyState } from '@/components/display/empty-state';
import { Messages } from '@/components/display/messages';
import { PageHeader } from '@/components/display/page-header';
import { ExportLink } from '@/components/table/export-link';
import { FilterBar } from '@/components/table/filter-bar';
import { KeysetPager } from '@/components/table/keyset-pager';
import { loadAttemptsPage } from '@/lib/attempts/attempts-page';
import { mayOnboard } from '@/lib/customers/customers-page';
import { hasFilters, listHref } from '@/lib/lists/list-href';
import { actorPage } from '@/lib/pages/actor-page';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('attempts');
  return { title: t('title') };
}

export default actorPage(
  '/attempts',
  ({ actor, query }) => loadAttemptsPage(actor, query),
  async ({ page, ...choices }, { actor, query }) => {
    const t = await getTranslations('attempts');
    const filters = attemptFilters(choices, {
      t,
      state: await getTranslations('display.state'),
      vendor: await getTranslations('onboarding.vendor'),
    });
    const empty = hasFilters(query) ? (
      <EmptyState
        title={t('emptyFiltered.title')}
        action={<ButtonLink href="/attempts">{t('emptyFiltered.clear')}</ButtonLink>}
      >
        {t('emptyFiltered.text')}
      </EmptyState>
    ) : (
      <EmptyState
        title={t('emptyAll.title')}
        action={mayOnboard(actor) ? <ButtonLink href="/customers/new">{t('emptyAll.action')}</ButtonLink> : undefined}
      >
        {t(mayOnboard(actor) ? 'emptyAll.operator' : 'emptyAll.viewer')}
      </EmptyState>
    );
    const first = page.rows[0]?.id ?? null;
    return (
      <Messages only={['attempts']}>
        <PageHeader
          title={t('title')}
          description={t('description')}
          action={<ExportLink href={listHref('/api/attempts/export', query)} />}
        />
        <FilterBar search={{ label: t('search'), placeholder: t('searchHint') }} filters={filters} />
        {page.cut && <ListNotice title={t('cut.title', { term: query.get('q') ?? '' })} text={t('cut.text')} />}
        {page.newer === null && <NewerBanner query={listHref('', query)} since={first} />}
        <AttemptTable rows={page.rows} timeZone={actor.timeZone} empty={empty} />
        <KeysetPager
          newerHref={page.newer === null ? null : listHref('/attempts', query, { before: page.newer })}
          olderHref={page.older === null ? null : listHref('/attempts', query, { after: page.older })}
        />
      </Messages>
    );
  },
);
