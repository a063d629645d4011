'use server';

import { after } from 'next/server';
import { z } from 'zod';
import { actorAction } from '@/lib/actions/actor-action';
import { discardDraft as discard, draftContentSchema, saveDraft as save } from '@/lib/onboarding/draft-store';
import { forgetChoices as forget } from '@/lib/onboarding/form-defaults';
import { onboard } from '@/lib/onboarding/onboard';
import { planOnboarding as plan } from '@/lib/onboarding/plan';
import type { SubmitAnswer } from '@/lib/onboarding/plan-view';
import { runAttempts } from '@/lib/onboarding/run-attempts';
import { submissionSchema } from '@/lib/onboarding/submission';

const correlationId = z.uuid();

export const saveDraft = actorAction(
  'onboardings.save-draft',
  draftContentSchema.extend({ correlationId }),
  async ({ actor, input: { correlationId: id, ...content } }) => ({
    savedAt: (await save(actor, id, content)).toISOString(),
  }),
);

export const discardDraft = actorAction(
  'onboardings.discard-draft',
  z.strictObject({ correlationId }),
  async ({ actor, input }) => discard(actor, input.correlationId),
);

export const forgetChoices = actorAction(
  'onboardings.forget-choices',
  z.strictObject({ partnerId: z.uuid(), connectionId: z.uuid() }),
  async ({ actor, input }) => forget(actor, input),
);

export const planOnboarding = actorAction('onboardings.plan', submissionSchema, ({ actor, input }) =>
  plan(actor, input),
);

export const submitOnboarding = actorAction(
  'onboardings.submit',
  z.strictObject({ planHash: z.string().regex(/^[0-9a-f]{64}$/), submission: submissionSchema }),
  async ({ actor, input }): Promise<SubmitAnswer> => {
    const answer = await onboard(actor, input.planHash, input.submission);
    if (answer.kind === 'plan-moved') return answer;
    after(() => runAttempts(answer.attempts));
    return { kind: 'opened', correlationId: answer.correlationId };
  },
);
