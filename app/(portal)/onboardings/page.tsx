import { IconPlus } from '@tabler/icons-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ListNotice } from '@/components/attempts/list-notice';
import { ButtonLink } from '@/components/display/button-link';
import { EmptyState } from '@/components/display/empty-state';
import { Messages } from '@/components/display/messages';
import { PageHeader } from '@/components/display/page-header';
import { onboardingFilters } from '@/components/overview/onboarding-filters';
import { OnboardingTable } from '@/components/overview/onboarding-table';
import { FilterBar } from '@/components/table/filter-bar';
import { KeysetPager } from '@/components/table/keyset-pager';
import { mayOnboard } from '@/lib/customers/customers-page';
import { hasFilters, listHref } from '@/lib/lists/list-href';
import { loadOnboardingsPage } from '@/lib/onboarding/onboardings-page';
import { actorPage } from '@/lib/pages/actor-page';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('overview.onboardings');
  return { title: t('title') };
}

export default actorPage(
  '/onboardings',
  ({ actor, query }) => loadOnboardingsPage(actor, query),
  async ({ page, ...choices }, { actor, query }) => {
    const t = await getTranslations('overview.onboardings');
    const filters = onboardingFilters(choices, {
      t: await getTranslations('attempts.filter'),
      state: await getTranslations('display.state'),
      hasState: t('hasState'),
    });
    const may = mayOnboard(actor);
    const empty = hasFilters(query) ? (
      <EmptyState
        title={t('emptyFiltered.title')}
        action={<ButtonLink href="/onboardings">{t('emptyFiltered.clear')}</ButtonLink>}
      >
        {t('emptyFiltered.text')}
      </EmptyState>
    ) : (
      <EmptyState
        title={t('emptyAll.title')}
        action={may ? <ButtonLink href="/customers/new">{t('emptyAll.action')}</ButtonLink> : undefined}
      >
        {t(may ? 'emptyAll.operator' : 'emptyAll.viewer')}
      </EmptyState>
    );
    return (
      <Messages only={[]}>
        <PageHeader
          title={t('title')}
          description={t('description')}
          action={
            may && (
              <ButtonLink href="/customers/new" look="primary" icon={<IconPlus size={16} aria-hidden />}>
                {t('new')}
              </ButtonLink>
            )
          }
        />
        <FilterBar search={{ label: t('search'), placeholder: t('searchHint') }} filters={filters} />
        {page.cut && <ListNotice title={t('cut.title', { term: query.get('q') ?? '' })} text={t('cut.text')} />}
        <OnboardingTable rows={page.rows} timeZone={actor.timeZone} empty={empty} />
        <KeysetPager
          newerHref={page.newer === null ? null : listHref('/onboardings', query, { before: page.newer })}
          olderHref={page.older === null ? null : listHref('/onboardings', query, { after: page.older })}
        />
      </Messages>
    );
  },
);
