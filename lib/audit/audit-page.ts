import 'server-only';
import type { Actor } from '../auth/actor';
import { asActor } from '../db/as-actor';
import { actorChoices, type Choice } from '../lists/choices';
import { parsePlace } from '../lists/place';
import { listPartners, type PartnerChoice } from '../partners/list-partners';
import { parseAuditFilter } from './audit-filter';
import { type EntryPage, listEntries } from './list-entries';
import { type ChainVerdict, verifyChains } from './verify-chain';

/** Everything that the audit page shows. */
export interface AuditPage {
  readonly page: EntryPage;
  readonly actors: readonly Choice[];
  readonly partners: readonly PartnerChoice[];
  /** Null unless the page was asked to recompute the chains. */
  readonly verdicts: readonly ChainVerdict[] | null;
}

/** Reads the audit entries that a URL names, and what its filters offer, in one transaction. */
export async function loadAuditPage(actor: Actor, query: URLSearchParams): Promise<AuditPage> {
  const filter = parseAuditFilter(query, { timeZone: actor.timeZone, now: new Date() });
  const shown = await asActor(actor, async (tx) => {
    const page = await listEntries(tx, { filter, place: parsePlace(query) });
    return {
      page,
      actors: await actorChoices(tx, { table: 'audit_entry', chosen: filter.actorIds, seen: page.rows }),
      partners: await listPartners(tx),
    };
  });
  return { ...shown, verdicts: query.get('verify') === '1' ? await verifyChains(actor) : null };
}
