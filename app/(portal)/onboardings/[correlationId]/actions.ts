'use server';

import { after } from 'next/server';
import { z } from 'zod';
import { actorAction } from '@/lib/actions/actor-action';
import { openAdoption } from '@/lib/onboarding/adopt';
import { listAdoptionCandidates } from '@/lib/onboarding/adoption-candidates';
import { runAttempts, runReleased } from '@/lib/onboarding/run-attempts';
import { checkAttempt as check, settleByHand as settle } from '@/lib/onboarding/settle';

const attemptId = z.uuid();
const vendorId = z.string().trim().min(1, 'Enter the id at the vendor.').max(255);

export const checkAttempt = actorAction('attempts.check', z.strictObject({ attemptId }), async ({ actor, input }) => {
  const answer = await check(actor, input.attemptId);
  if (answer.kind === 'settled') after(() => runReleased(input.attemptId));
  return answer;
});

export const settleByHand = actorAction(
  'attempts.settle-by-hand',
  z.strictObject({
    attemptId,
    state: z.enum(['succeeded', 'refused']),
    vendorId: vendorId.nullable(),
    note: z.string().trim().min(10, 'Say why, in at least ten characters.').max(2_000),
  }),
  async ({ actor, input }) => {
    const state = await settle(actor, input);
    after(() => runReleased(input.attemptId));
    return { state };
  },
);

export const findCandidates = actorAction(
  'attempts.find-candidates',
  z.strictObject({ attemptId }),
  ({ actor, input }) => listAdoptionCandidates(actor, input.attemptId),
);

export const adoptCustomer = actorAction(
  'attempts.adopt',
  z.strictObject({ attemptId, vendorId }),
  async ({ actor, input }) => {
    const opened = await openAdoption(actor, input.attemptId, input.vendorId);
    after(() => runAttempts([opened]));
    return { attemptId: opened.id };
  },
);
