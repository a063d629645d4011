import 'server-only';
import { Prisma } from '../db/generated/client';
import type { AttemptState } from './attempt';

/** `readState` in SQL, for a row `r`: what a filter finds is what the badge says, both at the transaction's now(). */

/** The state as it reads now. */
export const stateAsRead = Prisma.sql`case
  when r.state in ('waiting', 'pending') and r.deadline <= now() then 'refused'
  when r.state = 'sent' and r.deadline <= now() then 'unknown'
  else r.state end`;

const readsAs = {
  waiting: Prisma.sql`(r.state = 'waiting' and r.deadline > now())`,
  pending: Prisma.sql`(r.state = 'pending' and r.deadline > now())`,
  sent: Prisma.sql`(r.state = 'sent' and r.deadline > now())`,
  succeeded: Prisma.sql`r.state = 'succeeded'`,
  refused: Prisma.sql`(r.state = 'refused' or (r.state in ('waiting', 'pending') and r.deadline <= now()))`,
  unknown: Prisma.sql`(r.state = 'unknown' or (r.state = 'sent' and r.deadline <= now()))`,
} as const satisfies Readonly<Record<AttemptState, Prisma.Sql>>;

/** `r` reads as one of these states now. */
export function readsAsOneOf(states: readonly AttemptState[]): Prisma.Sql {
  return Prisma.sql`(${Prisma.join(
    states.map((state) => readsAs[state]),
    ' or ',
  )})`;
}

/** The predicate of the index `attempt_open`, word for word, so that the planner may use it. */
export const inOpenIndex = Prisma.sql`(r.undecided or r.contradicted)`;
/** The predicate of the index `attempt_refused`. */
export const inRefusedIndex = Prisma.sql`r.refused`;
