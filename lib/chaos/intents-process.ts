import 'server-only';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { onboard } from '../onboarding/onboard';
import { planOnboarding } from '../onboarding/plan';
import { runAttempts } from '../onboarding/run-attempts';
import { submissionFor } from '../testing/four-vendors';
import { actorOf } from '../testing/world';
import { vendorKeys } from '../vendors/vendor';
import { intentOf } from './plan';

/**
 * A process of the portal as the chaos run kills it: onboards one customer after another at four vendors, several at a
 * time. It says when it is up, and begins when it is told to. What fails here for want of a database is left; the next
 * intent is another one.
 */

const { seed, run, userId, partnerId, connections, lanes } = z
  .object({
    seed: z.string(),
    run: z.string(),
    userId: z.string(),
    partnerId: z.string(),
    connections: z.record(z.enum(vendorKeys), z.string()),
    lanes: z.number(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));

let next = 0;
const begun = once(process, 'message');
process.on('disconnect', () => process.exit(0));

async function one(number: number): Promise<void> {
  const { name, names } = intentOf(seed, run, number);
  const actor = await actorOf(userId);
  const submission = submissionFor({ partnerId, connections, name, names });
  const { planHash } = await planOnboarding(actor, submission);
  const answer = await onboard(actor, planHash, submission);
  if (answer.kind === 'opened') await runAttempts(answer.attempts);
}

async function lane(): Promise<never> {
  for (;;) {
    const number = next;
    next += 1;
    try {
      await one(number);
    } catch {
      // The database is away, or the plan moved: nothing was sent for this intent that is not in its record.
      await wait(100);
    }
  }
}

process.send?.('up');
await begun;
await Promise.all(Array.from({ length: lanes }, lane));
