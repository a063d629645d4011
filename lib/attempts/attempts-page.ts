import 'server-only';
import type { Actor } from '../auth/actor';
import { asActor } from '../db/as-actor';
import { actorChoices, type Choice, connectionChoices, customerChoices } from '../lists/choices';
import { parsePlace } from '../lists/place';
import { listPartners, type PartnerChoice } from '../partners/list-partners';
import { parseAttemptFilter } from './attempt-filter';
import { type AttemptPage, listAttempts } from './list-attempts';

/** Everything that the list of attempts shows. */
export interface AttemptsPage {
  readonly page: AttemptPage;
  readonly connections: readonly Choice[];
  readonly actors: readonly Choice[];
  readonly customers: readonly Choice[];
  readonly partners: readonly PartnerChoice[];
}

/** Reads the list of attempts that a URL names, and what its filters offer, in one transaction. */
export async function loadAttemptsPage(actor: Actor, query: URLSearchParams): Promise<AttemptsPage> {
  const filter = parseAttemptFilter(query, { timeZone: actor.timeZone, now: new Date() });
  return asActor(actor, async (tx) => {
    const page = await listAttempts(tx, { filter, place: parsePlace(query) });
    return {
      page,
      connections: await connectionChoices(tx, filter.connectionIds),
      actors: await actorChoices(tx, { table: 'attempt', chosen: filter.actorIds, seen: page.rows }),
      customers: await customerChoices(tx, filter.customerIds),
      partners: await listPartners(tx),
    };
  });
}
