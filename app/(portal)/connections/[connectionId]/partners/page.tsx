import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Messages } from '@/components/display/messages';
import { VendorPartners } from '@/components/vendor-partners/vendor-partners';
import { actorPage } from '@/lib/pages/actor-page';
import { loadVendorPartnersPage } from '@/lib/vendor-partners/read-partners';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('vendor-partners');
  return { title: t('title') };
}

export default actorPage(
  '/connections/[connectionId]/partners',
  ({ actor, params, search }) =>
    loadVendorPartnersPage(actor, { connectionId: params.connectionId ?? '', partnerId: search.partner ?? null }),
  (page, { actor, search }) => (
    <Messages only={['vendor-partners', 'partners', 'vendor-errors', 'onboarding', 'cove']}>
      <VendorPartners page={page} chosenId={search.at ?? null} timeZone={actor.timeZone} />
    </Messages>
  ),
);
