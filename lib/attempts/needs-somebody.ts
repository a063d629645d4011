import 'server-only';
import { Prisma } from '../db/generated/client';
import { openLanes, partnerLanes, type Source } from '../lists/lanes';
import { lowestIdAt } from '../lists/time-range';
import { inOpenIndex, inRefusedIndex, readsAsOneOf } from './state-sql';

/** A refused attempt that nobody took up for so long is history, not work. */
const refusedForDays = 14;

const onPartner = Prisma.sql`r.partner_id = lane.partner_id`;
const aboard = Prisma.sql`exists (
  select from vendor_account v where v.customer_id = r.customer_id and v.connection_id = r.connection_id)`;
// A service that was refused with its customer goes along with that one, which needs somebody itself, until it is aboard.
const notTakenUp = Prisma.sql`r.retried_by is null and case when r.operation = 'add-service' then
  (r.waits_for is null or r.released_at is not null or ${aboard}) and not exists (
    select from service s where s.customer_id = r.customer_id and s.connection_id = r.connection_id
      and s.product = split_part(r.subject, '|', 2))
  else not ${aboard} end`;

/**
 * What waits for a person: unknown as read now, contradicted, and what was refused in the last 14 days that nobody
 * retried and whose customer has not come aboard at that connection since (of a service: that the customer does not have).
 * @param where further conditions of a row `r`
 */
export function needsSomebodySources(partnerIds: readonly string[], where: readonly Prisma.Sql[]): readonly Source[] {
  const open = openLanes(partnerIds);
  const since = lowestIdAt(new Date(Date.now() - refusedForDays * 86_400_000));
  const recent = Prisma.sql`r.id >= ${since}::uuid and ${notTakenUp}`;
  const waiting = Prisma.sql`(r.contradicted or ${readsAsOneOf(['unknown'])})`;
  const lapsed = Prisma.sql`r.state = 'pending' and r.deadline <= now()`;
  return [
    { lanes: open, on: onPartner, where: [inOpenIndex, waiting, ...where] },
    { lanes: open, on: onPartner, where: [inOpenIndex, lapsed, recent, ...where] },
    { lanes: partnerLanes(partnerIds), on: onPartner, where: [inRefusedIndex, recent, ...where] },
  ];
}
