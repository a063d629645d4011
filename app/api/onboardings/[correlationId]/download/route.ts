import { getOnboardingRecord } from '@/lib/onboarding/get-onboarding-record';
import { recordDownload } from '@/lib/onboarding/record-download';
import { actorHandler } from '@/lib/pages/actor-handler';

/** The record of an onboarding as a file. */
export const GET = actorHandler('/api/onboardings/[correlationId]/download', async ({ actor, params }) => {
  const record = await getOnboardingRecord(actor, params.correlationId ?? '');
  await recordDownload(actor, record);
  return new Response(JSON.stringify(record, null, 2), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="onboarding-${record.correlationId}.json"`,
    },
  });
});
