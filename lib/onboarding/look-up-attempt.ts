import 'server-only';
import { z } from 'zod';
import { type KeptLookUp, settleAttempt } from '../attempts/attempt-store';
import { ConnectionUnusable } from '../connections/connection-unusable';
import { systemStatement } from '../db/as-system';
import { NotFound } from '../errors';
import { log } from '../log';
import { lookForService, type ServiceSight } from '../services/look-for-service';
import type { RecordedExchange } from '../vendors/exchange';
import { lookAtVendor, type VendorSight } from './look-at-vendor';
import { dueLookUp, type LookUpAnswer, lookedUpOperations, unknownSince } from './look-up-schedule';
import { loadAttempt } from './run-attempt';
import { runReleased } from './run-attempts';
import { mostSeen } from './seen-services';

const standingSchema = z.object({
  connection_id: z.string(),
  closed_at: z.date().nullable(),
  deadline: z.date(),
  done: z.number(),
  now: z.date(),
});

/** How an attempt stands that reads as unknown, by the database's clock unless a moment is named; null when it does not. */
async function standingOf(attemptId: string, at: Date | undefined) {
  const [row] = await systemStatement('look up unknown attempts', {
    name: 'look_up_standing',
    text: `select a.connection_id, a.closed_at, a.deadline, asked.now,
        (select coalesce(max(l.number), 0) from attempt_look_up l where l.attempt_id = a.id) as done
      from attempt a, (select coalesce($2::timestamptz, clock_timestamp()) as now) asked
      where a.id = $1::uuid and not a.contradicted and a.operation = any ($3::text[])
        and (a.state = 'unknown' or (a.state = 'sent' and a.deadline <= asked.now))`,
    values: [attemptId, at ?? null, lookedUpOperations],
  });
  return row === undefined ? null : standingSchema.parse(row);
}

/**
 * Does the look-up of an attempt's schedule that is due: reads the vendor, settles what carries our key, and keeps what it
 * saw otherwise. Of a service nothing carries it: what is seen waits for a person. Any number of processes may do so at once: the state decides who settles, the number who is kept.
 * @param options.at the moment it is, for tests; absent: the database's clock
 * @returns what it came to; null when none was due, or the attempt was settled meanwhile
 * @throws what the database throws: nothing is kept then, and it is done again
 */
export async function lookUpAttempt(
  attemptId: string,
  { at }: { readonly at?: Date } = {},
): Promise<LookUpAnswer | null> {
  const standing = await standingOf(attemptId, at);
  if (standing === null) return null;
  const since = unknownSince({ closedAt: standing.closed_at, deadline: standing.deadline });
  const number = dueLookUp(since, standing.done, standing.now);
  if (number === null) return null;
  const exchanges: RecordedExchange[] = [];
  const { vendorId, ...lookUp } = { number, ...(await sightOf(attemptId, exchanges)) };
  const state = await settleAttempt({
    attemptId,
    state: vendorId === null ? null : 'succeeded',
    how: 'look-up',
    vendorId,
    note: null,
    exchanges,
    by: 'Quayside',
    lookUp,
  });
  if (state === null) return null;
  if (state === 'succeeded') await runReleased(attemptId);
  const answer = state === 'taken' ? 'taken' : lookUp.answer;
  const { connection_id: connectionId } = standing;
  log.info({ attemptId, connectionId, count: number, kind: answer, reason: lookUp.reason }, 'looked an attempt up');
  return answer;
}

type Sight = Omit<KeptLookUp, 'number'> & { readonly answer: LookUpAnswer; readonly vendorId: string | null };

const nothing = { vendorId: null, candidates: [], reason: null, seen: null };

/** What the vendor shows, as it is kept. Whatever goes wrong there is an answer too, so that the schedule goes on. */
async function sightOf(attemptId: string, exchanges: RecordedExchange[]): Promise<Sight> {
  try {
    const attempt = await loadAttempt(attemptId);
    if (attempt.operation === 'add-service') return toServiceSight(await lookForService(attempt, exchanges));
    return toSight(await lookAtVendor(attempt, exchanges));
  } catch (error) {
    if (error instanceof ConnectionUnusable) return { ...nothing, answer: 'skipped', reason: error.reason };
    // What was typed has been erased: nobody can say any more what to look for.
    if (error instanceof NotFound) return { ...nothing, answer: 'skipped', reason: 'erased' };
    log.error({ attemptId, error }, 'a look-up broke off');
    return { ...nothing, answer: 'failed', reason: 'unexpected' };
  }
}

function toSight(sight: VendorSight): Sight {
  switch (sight.kind) {
    case 'ours':
      return { ...nothing, answer: 'found', vendorId: sight.vendorId };
    case 'failed':
      return { ...nothing, answer: 'failed', reason: sight.problem.kind };
    case 'not-ours': {
      const candidates = sight.found.map(({ vendorId, match }) => ({ vendorId, match }));
      return { ...nothing, answer: sight.several ? 'several' : 'not-found', candidates };
    }
    default: {
      const never: never = sight;
      return never;
    }
  }
}

/**
 * A service carries no key of ours, so nothing that is seen is certain. One that was not there before may be somebody else's,
 * added in the vendor's console meanwhile; one that is not there may come late, or be hidden from these credentials.
 */
function toServiceSight(sight: ServiceSight): Sight {
  if (sight.kind === 'failed') return { ...nothing, answer: 'failed', reason: sight.problem.kind };
  const there = sight.there.slice(0, mostSeen).map(({ facts }) => ({ ...facts }));
  return { ...nothing, answer: 'seen', seen: { there, before: sight.before } };
}
