import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { NewConnectionForm } from '@/components/connections/new-connection-form';
import { EmptyState } from '@/components/display/empty-state';
import { Messages } from '@/components/display/messages';
import { PageHeader } from '@/components/display/page-header';
import { listOwnerChoices } from '@/lib/connections/partner-choices';
import { listVendorFields } from '@/lib/connections/vendor-fields';
import { env } from '@/lib/env';
import { actorPage } from '@/lib/pages/actor-page';
import { createConnectionAction } from '../actions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('connections');
  return { title: t('new.title') };
}

export default actorPage(
  '/connections/new',
  async ({ actor }) => ({ owners: await listOwnerChoices(actor), vendors: listVendorFields() }),
  async ({ owners, vendors }) => {
    const [first] = vendors;
    const t = await getTranslations('connections');
    return (
      <Messages only={['connections']}>
        <PageHeader
          title={t('new.title')}
          description={t('new.description')}
          breadcrumbs={[{ label: t('title'), href: '/connections' }]}
        />
        {owners.length === 0 || first === undefined ? (
          <EmptyState title={t('new.noOwner.title')}>{t('new.noOwner.text')}</EmptyState>
        ) : (
          <NewConnectionForm
            vendors={vendors}
            first={first}
            owners={owners.map(({ partnerId, name }) => ({ partnerId, name }))}
            sandboxPossible={env().QUAYSIDE_SANDBOX}
            create={createConnectionAction}
          />
        )}
      </Messages>
    );
  },
);
