import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Messages } from '@/components/display/messages';
import { ServiceForm } from '@/components/services/service-form';
import { actorPage } from '@/lib/pages/actor-page';
import { loadServiceForm } from '@/lib/services/load-service-form';
import { planService, submitService } from '../actions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('services');
  return { title: t('title') };
}

export default actorPage(
  '/customers/[customerId]/services/new',
  ({ actor, params, search }) => loadServiceForm(actor, params.customerId ?? '', search),
  (start, { actor }) => (
    <Messages only={['services', 'onboarding', 'lint', 'vendor-errors', 'avepoint']}>
      <ServiceForm start={start} timeZone={actor.timeZone} actions={{ plan: planService, submit: submitService }} />
    </Messages>
  ),
);
