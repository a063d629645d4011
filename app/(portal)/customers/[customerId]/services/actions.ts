'use server';

import { after } from 'next/server';
import { z } from 'zod';
import { actorAction } from '@/lib/actions/actor-action';
import { runAttempts } from '@/lib/onboarding/run-attempts';
import { addService } from '@/lib/services/add-service';
import { planService as plan } from '@/lib/services/plan-service';
import { refreshServices as refresh } from '@/lib/services/read-services';
import type { ServiceSubmitAnswer } from '@/lib/services/service-plan-view';
import { serviceReadingSchema, serviceSubmissionSchema } from '@/lib/services/service-submission';

export const planService = actorAction('services.plan', serviceSubmissionSchema, ({ actor, input }) =>
  plan(actor, input),
);

export const submitService = actorAction(
  'services.submit',
  z.strictObject({ planHash: z.string().regex(/^[0-9a-f]{64}$/), submission: serviceSubmissionSchema }),
  async ({ actor, input }): Promise<ServiceSubmitAnswer> => {
    const answer = await addService(actor, input.planHash, input.submission);
    if (answer.kind === 'plan-moved') return answer;
    after(() => runAttempts(answer.attempts));
    return { kind: 'opened', correlationId: answer.correlationId };
  },
);

export const refreshServices = actorAction('services.refresh', serviceReadingSchema, ({ actor, input }) =>
  refresh(actor, input),
);
