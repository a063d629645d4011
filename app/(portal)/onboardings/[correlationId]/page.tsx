import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Messages } from '@/components/display/messages';
import { RecordView } from '@/components/onboarding/record/record-view';
import { QueryProvider } from '@/components/theme/query-provider';
import { mayOnboard } from '@/lib/customers/customers-page';
import { getOnboardingRecord } from '@/lib/onboarding/get-onboarding-record';
import { actorPage } from '@/lib/pages/actor-page';
import { adoptCustomer, checkAttempt, findCandidates, settleByHand } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('onboarding.record');
  return { title: t('onboardingTitle') };
}

export default actorPage(
  '/onboardings/[correlationId]',
  ({ actor, params }) => getOnboardingRecord(actor, params.correlationId ?? ''),
  (record, { actor }) => (
    <Messages only={['onboarding', 'services', 'vendor-errors', 'cloud-cockpit', 'cove', 'avepoint', 'cloudlx']}>
      <QueryProvider>
        <RecordView
          initial={record}
          timeZone={actor.timeZone}
          mayOnboard={mayOnboard(actor)}
          actions={{ checkAttempt, settleByHand, findCandidates, adoptCustomer }}
        />
      </QueryProvider>
    </Messages>
  ),
);
