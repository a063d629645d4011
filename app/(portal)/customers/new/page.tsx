import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Messages } from '@/components/display/messages';
import { countryOptions } from '@/components/onboarding/country-options';
import { NewCustomer } from '@/components/onboarding/form/new-customer';
import { loadFormStart } from '@/lib/onboarding/load-form-start';
import { actorPage } from '@/lib/pages/actor-page';
import { discardDraft, forgetChoices, planOnboarding, saveDraft, submitOnboarding } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('onboarding.form');
  return { title: t('title') };
}

export default actorPage(
  '/customers/new',
  async ({ actor, search }) => {
    const start = await loadFormStart(actor, search);
    return start.submitted ? redirect(`/onboardings/${start.correlationId}`) : start;
  },
  (start, { actor, search }) => (
    <Messages
      only={['onboarding', 'services', 'lint', 'vendor-errors', 'cloud-cockpit', 'cove', 'avepoint', 'cloudlx']}
    >
      <NewCustomer
        start={start}
        countries={countryOptions('en')}
        connectionId={search.connection ?? null}
        timeZone={actor.timeZone}
        actions={{ saveDraft, discardDraft, forgetChoices, planOnboarding, submitOnboarding }}
      />
    </Messages>
  ),
);
