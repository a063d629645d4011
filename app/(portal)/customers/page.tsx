import { IconPlus } from '@tabler/icons-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { toPartnerOptions } from '@/components/attempts/filter-options';
import { ListNotice } from '@/components/attempts/list-notice';
import { CustomerTable } from '@/components/customers/customer-table';
import { ButtonLink } from '@/components/display/button-link';
import { EmptyState } from '@/components/display/empty-state';
import { Messages } from '@/components/display/messages';
import { PageHeader } from '@/components/display/page-header';
import { countryOptions } from '@/components/onboarding/country-options';
import { ExportLink } from '@/components/table/export-link';
import { FilterBar } from '@/components/table/filter-bar';
import type { FilterDefinition } from '@/components/table/filter-definition';
import { KeysetPager } from '@/components/table/keyset-pager';
import { loadCustomersPage } from '@/lib/customers/customers-page';
import { hasFilters, listHref } from '@/lib/lists/list-href';
import { actorPage } from '@/lib/pages/actor-page';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('customers');
  return { title: t('title') };
}

export default actorPage(
  '/customers',
  ({ actor, query }) => loadCustomersPage(actor, query),
  async ({ page, partners, mayOnboard }, { actor, query }) => {
    const t = await getTranslations('customers');
    const filters: readonly FilterDefinition[] = [
      { kind: 'options', key: 'partner', label: t('filter.partner'), options: toPartnerOptions(partners) },
      { kind: 'options', key: 'country', label: t('filter.country'), options: countryOptions('en') },
    ];
    const empty = hasFilters(query) ? (
      <EmptyState
        title={t('emptyFiltered.title')}
        action={<ButtonLink href="/customers">{t('emptyFiltered.clear')}</ButtonLink>}
      >
        {t('emptyFiltered.text')}
      </EmptyState>
    ) : (
      <EmptyState
        title={t('emptyAll.title')}
        action={mayOnboard ? <ButtonLink href="/customers/new">{t('emptyAll.action')}</ButtonLink> : undefined}
      >
        {t(mayOnboard ? 'emptyAll.operator' : 'emptyAll.viewer')}
      </EmptyState>
    );
    return (
      <Messages only={[]}>
        <PageHeader
          title={t('title')}
          description={t('description')}
          action={
            <>
              <ExportLink href={listHref('/api/customers/export', query)} />
              {mayOnboard && (
                <ButtonLink href="/customers/new" look="primary" icon={<IconPlus size={16} aria-hidden />}>
                  {t('new')}
                </ButtonLink>
              )}
            </>
          }
        />
        <FilterBar search={{ label: t('search'), placeholder: t('searchHint') }} filters={filters} />
        {page.cut && <ListNotice title={t('cut.title', { term: query.get('q') ?? '' })} text={t('cut.text')} />}
        <CustomerTable rows={page.rows} timeZone={actor.timeZone} empty={empty} />
        <KeysetPager
          newerHref={page.newer === null ? null : listHref('/customers', query, { before: page.newer })}
          olderHref={page.older === null ? null : listHref('/customers', query, { after: page.older })}
        />
      </Messages>
    );
  },
);
