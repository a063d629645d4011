import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Messages } from '@/components/display/messages';
import { countryOptions } from '@/components/onboarding/country-options';
import { PartnerForm } from '@/components/vendor-partners/partner-form';
import { actorPage } from '@/lib/pages/actor-page';
import { loadPartnerForm } from '@/lib/vendor-partners/load-partner-form';
import { planVendorPartner, submitVendorPartner } from '../actions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('vendor-partners.form');
  return { title: t('title') };
}

export default actorPage(
  '/connections/[connectionId]/partners/new',
  ({ actor, params, search }) => loadPartnerForm(actor, params.connectionId ?? '', search),
  (start, { actor }) => (
    <Messages only={['vendor-partners', 'services', 'onboarding', 'lint', 'vendor-errors', 'cove', 'cloud-cockpit']}>
      <PartnerForm
        start={start}
        countries={countryOptions('en')}
        timeZone={actor.timeZone}
        actions={{ plan: planVendorPartner, submit: submitVendorPartner }}
      />
    </Messages>
  ),
);
