import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { toPartnerOptions } from '@/components/attempts/filter-options';
import { ConnectionTable } from '@/components/connections/connection-table';
import { ButtonLink } from '@/components/display/button-link';
import { EmptyState } from '@/components/display/empty-state';
import { Messages } from '@/components/display/messages';
import { PageHeader } from '@/components/display/page-header';
import { FilterBar } from '@/components/table/filter-bar';
import { KeysetPager } from '@/components/table/keyset-pager';
import { roleHolds } from '@/lib/auth/permissions';
import { isFiltered, parseConnectionFilter, toConnectionsUrl } from '@/lib/connections/connection-filter';
import { connectionStates } from '@/lib/connections/connection-view';
import { listConnections } from '@/lib/connections/list-connections';
import { actorPage } from '@/lib/pages/actor-page';
import { listPartnerChoices } from '@/lib/partners/list-partners';
import { catalogEntries } from '@/lib/vendors/catalog';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('connections');
  return { title: t('title') };
}

export default actorPage(
  '/connections',
  async ({ actor, search }) => {
    const filter = parseConnectionFilter(search);
    return {
      filter,
      page: await listConnections(actor, filter),
      partners: await listPartnerChoices(actor, filter.partner ?? null),
    };
  },
  async ({ filter, page, partners }, { actor }) => {
    const t = await getTranslations('connections');
    const manages = actor.grants.some(({ role }) => roleHolds(role, 'connection.manage'));
    const create = (
      <ButtonLink href="/connections/new" look="primary">
        {t('new.button')}
      </ButtonLink>
    );
    const empty = isFiltered(filter) ? (
      <EmptyState
        title={t('list.noMatch.title')}
        action={<ButtonLink href="/connections">{t('list.noMatch.action')}</ButtonLink>}
      >
        {t('list.noMatch.text')}
      </EmptyState>
    ) : (
      <EmptyState title={t('list.empty.title')} {...(manages ? { action: create } : {})}>
        {t(manages ? 'list.empty.manage' : 'list.empty.read')}
      </EmptyState>
    );
    const filters = [
      {
        kind: 'options' as const,
        key: 'partner',
        label: t('list.filterPartner'),
        single: true,
        options: toPartnerOptions(partners),
      },
      {
        kind: 'options' as const,
        key: 'vendor',
        label: t('list.vendor'),
        single: true,
        options: catalogEntries.map(({ vendor, name }) => ({ value: vendor, label: name })),
      },
      {
        kind: 'options' as const,
        key: 'state',
        label: t('list.state'),
        single: true,
        options: connectionStates.map((value) => ({ value, label: t(`state.${value}`) })),
      },
    ];
    return (
      <Messages only={['connections']}>
        <PageHeader title={t('title')} description={t('description')} {...(manages ? { action: create } : {})} />
        <FilterBar search={{ label: t('list.search') }} filters={filters} />
        <ConnectionTable rows={page.rows} timeZone={actor.timeZone} empty={empty} />
        <KeysetPager
          newerHref={page.newer === null ? null : toConnectionsUrl(filter, { before: page.newer })}
          olderHref={page.older === null ? null : toConnectionsUrl(filter, { after: page.older })}
        />
      </Messages>
    );
  },
);
