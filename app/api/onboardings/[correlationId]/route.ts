import { getOnboardingRecord } from '@/lib/onboarding/get-onboarding-record';
import { actorHandler } from '@/lib/pages/actor-handler';

/** The record of an onboarding as it stands now: the record page polls it while anything is open. */
export const GET = actorHandler('/api/onboardings/[correlationId]', async ({ actor, params }) =>
  Response.json(await getOnboardingRecord(actor, params.correlationId ?? '')),
);
