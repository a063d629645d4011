import 'server-only';
import { z } from 'zod';
import type { AttemptState } from '../attempts/attempt';
import { catalogEntry } from '../vendors/catalog';
import { customerMatches } from '../vendors/found-customer';
import { isLookedUp, lookUpAnswers, nextLookUpAt, unknownSince } from './look-up-schedule';
import type { LookUpsView } from './record-view';
import { seenServicesSchema } from './seen-services';

/** A look-up that is so much behind its time waits for a worker, in milliseconds. */
const lateMs = 20_000;

const matchSchema = z.enum(customerMatches);
const answerSchema = z.enum(lookUpAnswers);

interface LookedUpAttempt {
  readonly vendor: string;
  readonly operation: string;
  readonly closedAt: Date | null;
  readonly deadline: Date;
  readonly contradicted: boolean;
  /** In the order of their numbers. */
  readonly lookUps: readonly {
    readonly number: number;
    readonly at: Date;
    readonly answer: string;
    readonly seen: unknown;
    readonly candidates: readonly { readonly vendorId: string; readonly match: string }[];
  }[];
}

/**
 * What an attempt's record says of the look-ups that Quayside makes by itself; null where there is nothing to say. Pure.
 * @param about.state the state as it reads now
 * @param about.shows may whoever looks see what travels over the connection?
 */
export function toLookUpsView(
  row: LookedUpAttempt,
  { state, now, shows }: { readonly state: AttemptState; readonly now: Date; readonly shows: boolean },
): LookUpsView | null {
  const last = row.lookUps.at(-1);
  const open = state === 'unknown' && !row.contradicted && isLookedUp(row.operation);
  if (last === undefined && !open) return null;
  const next = open ? nextLookUpAt(unknownSince(row), last?.number ?? 0) : null;
  return {
    done: row.lookUps.length,
    lastAt: last?.at.toISOString() ?? null,
    lastAnswer: last === undefined ? null : answerSchema.parse(last.answer),
    nextAt: next?.toISOString() ?? null,
    late: next !== null && now.getTime() - next.getTime() > lateMs,
    byKey: row.operation !== 'add-service' && (catalogEntry(row.vendor)?.carriesKey ?? false),
    seen: last?.seen == null ? null : seenServicesSchema.parse(last.seen),
    candidates: shows
      ? (last?.candidates ?? []).map(({ vendorId, match }) => ({ vendorId, match: matchSchema.parse(match) }))
      : null,
  };
}
