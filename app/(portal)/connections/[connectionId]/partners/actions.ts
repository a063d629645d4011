'use server';

import { after } from 'next/server';
import { z } from 'zod';
import { actorAction } from '@/lib/actions/actor-action';
import { runAttempts } from '@/lib/onboarding/run-attempts';
import { addVendorPartner } from '@/lib/vendor-partners/add-partner';
import type { PartnerSubmitAnswer } from '@/lib/vendor-partners/partner-plan-view';
import { partnerSubmissionSchema } from '@/lib/vendor-partners/partner-submission';
import { planPartner } from '@/lib/vendor-partners/plan-partner';

export const planVendorPartner = actorAction('vendor-partners.plan', partnerSubmissionSchema, ({ actor, input }) =>
  planPartner(actor, input),
);

export const submitVendorPartner = actorAction(
  'vendor-partners.submit',
  z.strictObject({ planHash: z.string().regex(/^[0-9a-f]{64}$/), submission: partnerSubmissionSchema }),
  async ({ actor, input }): Promise<PartnerSubmitAnswer> => {
    const answer = await addVendorPartner(actor, input.planHash, input.submission);
    if (answer.kind === 'plan-moved') return answer;
    after(() => runAttempts(answer.attempts));
    return { kind: 'opened', correlationId: answer.correlationId };
  },
);
