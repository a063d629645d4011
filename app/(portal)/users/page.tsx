import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { toPartnerOptions } from '@/components/attempts/filter-options';
import { ButtonLink } from '@/components/display/button-link';
import { EmptyState } from '@/components/display/empty-state';
import { Messages } from '@/components/display/messages';
import { PageHeader } from '@/components/display/page-header';
import { FilterBar } from '@/components/table/filter-bar';
import { KeysetPager } from '@/components/table/keyset-pager';
import { NewUserButton } from '@/components/users/new-user-button';
import { UserTable } from '@/components/users/user-table';
import { roleHolds, roles } from '@/lib/auth/permissions';
import { actorPage } from '@/lib/pages/actor-page';
import { listPartnerChoices } from '@/lib/partners/list-partners';
import { listUsers, userStates } from '@/lib/users/list-users';
import { parseUserFilter, toUserQuery } from '@/lib/users/user-filter';
import { createUserAction, inviteUserAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('users');
  return { title: t('title') };
}

export default actorPage(
  '/users',
  async ({ actor, search }) => {
    const filter = parseUserFilter(search);
    return {
      filter,
      users: await listUsers(actor, filter),
      partners: await listPartnerChoices(actor, filter.partnerId),
    };
  },
  async ({ filter, users, partners }, { actor }) => {
    const t = await getTranslations('users');
    const home = partners.find(({ partnerId }) => partnerId === filter.partnerId);
    const granted = actor.grants.find(({ role }) => roleHolds(role, 'user.manage'));
    const start = home ?? { partnerId: granted?.partnerId ?? actor.partnerId, name: granted?.partnerName ?? '' };
    const options = [
      {
        kind: 'options' as const,
        key: 'partner',
        label: t('list.filterPartner'),
        single: true,
        options: toPartnerOptions(partners),
      },
      {
        kind: 'options' as const,
        key: 'state',
        label: t('list.filterState'),
        single: true,
        options: userStates.map((value) => ({ value, label: t(`state.${value}`) })),
      },
      {
        kind: 'options' as const,
        key: 'role',
        label: t('list.filterRole'),
        single: true,
        options: roles.map((value) => ({ value, label: t(`role.${value}`) })),
      },
    ];
    const empty = (
      <EmptyState
        title={t('list.empty.title')}
        action={<ButtonLink href="/users">{t('list.empty.action')}</ButtonLink>}
      >
        {t('list.empty.text')}
      </EmptyState>
    );
    return (
      <Messages only={['users', 'partners']}>
        <PageHeader
          title={t('title')}
          description={t('description')}
          action={
            <NewUserButton
              partner={{ partnerId: start.partnerId, name: start.name }}
              timeZone={actor.timeZone}
              invite={inviteUserAction}
              create={createUserAction}
            />
          }
        />
        <FilterBar search={{ label: t('list.search') }} filters={options} />
        <UserTable users={users.rows} timeZone={actor.timeZone} empty={empty} />
        <KeysetPager
          newerHref={users.newer === null ? null : toUserQuery(filter, { before: users.newer })}
          olderHref={users.older === null ? null : toUserQuery(filter, { after: users.older })}
        />
      </Messages>
    );
  },
);
