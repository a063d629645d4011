import 'server-only';
import { countNeeding } from '../attempts/count-needing-somebody';
import { readAttemptRows } from '../attempts/list-attempts';
import { needsSomebodySources } from '../attempts/needs-somebody';
import type { Actor } from '../auth/actor';
import { roleHolds } from '../auth/permissions';
import { type ActorTx, asActor } from '../db/as-actor';
import { hitIds } from '../lists/lanes';
import { firstPlace, lowestId } from '../lists/place';
import { dayOf, startOfDay } from '../lists/time-range';
import { listOnboardings } from '../onboarding/list-onboardings';
import { parseOnboardingFilter } from '../onboarding/onboarding-filter';
import { readBrokenConnections, readManagedConnections } from './managed-connections';
import type { NeedingAttempt, Overview } from './overview';
import { readHours, readVendors } from './today';

const needingShown = 8;
const latestShown = 8;

/** Everything the overview shows, as the actor, in one transaction; "today" is the actor's. */
export async function getOverview(actor: Actor, now: Date): Promise<Overview> {
  const day = dayOf(now, actor.timeZone);
  const since = startOfDay(day, actor.timeZone);
  return asActor(actor, async (tx) => {
    const filter = parseOnboardingFilter(new URLSearchParams(), { timeZone: actor.timeZone, now });
    const { rows: latest } = await listOnboardings(tx, { filter, place: firstPlace, size: latestShown });
    const { vendors, firstPass } = await readVendors(tx, since);
    return {
      needing: await readNeeding(tx, actor),
      needingCount: await countNeeding(tx),
      brokenConnections: await readBrokenConnections(tx, managingPartners(actor)),
      day,
      hours: await readHours(tx, { since, timeZone: actor.timeZone }),
      vendors,
      firstPass,
      latest,
      missing: latest.length > 0 ? null : await readMissing(tx),
    };
  });
}

/** Partners of the grants by which the actor manages connections; the right holds there and below. */
function managingPartners(actor: Actor): readonly string[] {
  return actor.grants.filter(({ role }) => roleHolds(role, 'connection.manage')).map(({ partnerId }) => partnerId);
}

async function readNeeding(tx: ActorTx, actor: Actor): Promise<readonly NeedingAttempt[]> {
  const oldestFirst = { after: null, before: lowestId };
  const sources = needsSomebodySources([], []);
  const rows = await readAttemptRows(
    tx,
    hitIds({ table: 'attempt', sources, place: oldestFirst, limit: needingShown }),
  );
  const connectionIds = [...new Set(rows.map((row) => row.connectionId))];
  const managed = await readManagedConnections(tx, { partnerIds: managingPartners(actor), connectionIds });
  const mayAct = actor.grants.some(({ role }) => roleHolds(role, 'onboarding.submit'));
  return rows.map((row) => ({ ...row, mayMend: managed.includes(row.connectionId), mayAct })).reverse();
}

async function readMissing(tx: ActorTx): Promise<'connection' | 'customer'> {
  const connection = await tx.connection.findFirst({ where: { disabledAt: null }, select: { id: true } });
  return connection === null ? 'connection' : 'customer';
}
