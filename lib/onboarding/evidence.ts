import 'server-only';
import { z } from 'zod';
import type { Actor } from '../auth/actor';
import { loadVendorConnection } from '../connections/load-vendor-connection';
import { makeVendorCall } from '../connections/vendor-call';
import { asActor } from '../db/as-actor';
import { askAsSystem } from '../db/as-system';
import { catalogEntry } from '../vendors/catalog';
import { customerMatches, type FindCustomerQuery, type FoundCustomer } from '../vendors/found-customer';
import { VendorError } from '../vendors/http/vendor-error';
import { vendorProblemSchema } from '../vendors/problem-schema';
import { adapterFor } from '../vendors/registry';
import type { VendorCall } from '../vendors/vendor';
import { canonicalHash } from './canonical-hash';
import type { PlanConnection } from './plan-connections';

/** What was read at a vendor before anything is sent, kept with the draft so that a submit need not read again. */
export const evidenceSchema = z.object({
  /** What was looked for: evidence for another name or mapping is worth nothing. */
  query: z.string(),
  readAt: z.iso.datetime(),
  found: z.nullable(
    z.array(
      z.object({
        vendorId: z.string(),
        name: z.string(),
        country: z.string().nullable(),
        email: z.string().nullable(),
        key: z.string().nullable(),
        mappingId: z.string().nullable(),
        match: z.enum(customerMatches),
      }),
    ),
  ),
  elsewhere: z.boolean(),
  problem: z.nullable(vendorProblemSchema),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** Longest a plan waits for one vendor, in milliseconds. */
const lookUpMs = 12_000;
/** How old evidence may be when a plan is submitted, in milliseconds. */
export const evidenceLifeMs = 15 * 60_000;

/** The fingerprint of what a look-up asked for. */
export function queryHash(query: FindCustomerQuery, connection: PlanConnection): string {
  return canonicalHash({ query, connection: connection.connectionId, version: connection.version });
}

/**
 * Looks for the customer at one connection. A partner below the owner of a shared connection is shown what lies inside
 * its mapping and its branch; that something else exists is said, not what.
 */
export async function gatherEvidence(
  actor: Actor,
  correlationId: string,
  { connection, query }: { readonly connection: PlanConnection; readonly query: FindCustomerQuery },
): Promise<Evidence> {
  const base = { query: queryHash(query, connection), readAt: new Date().toISOString() };
  const adapter = adapterFor(connection.vendor);
  // A vendor that knows no mapping cannot say whose a hit is: below the owner only our own key is shown.
  const inScope = async (all: readonly FoundCustomer[]) => {
    if (connection.seesAll) return all;
    if (catalogEntry(connection.vendor)?.mapping == null) return all.filter((one) => one.match === 'key');
    return query.mappingId === null ? all : adapter.findCustomers(call, query);
  };
  let call: VendorCall;
  try {
    call = makeVendorCall({
      connection: await loadVendorConnection(connection.connectionId),
      correlationId,
      attemptId: null,
      signal: AbortSignal.timeout(lookUpMs),
    });
    const all = await adapter.findCustomers(call, { ...query, mappingId: null });
    const found = await withinBranch(actor, connection, await inScope(all));
    const elsewhere = found.length < all.length;
    return { ...base, found: [...found], elsewhere, problem: null };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    return { ...base, found: null, elsewhere: false, problem: error.problem };
  }
}

/** Leaves out what is linked to a customer that the actor cannot see. */
export async function withinBranch(
  actor: Actor,
  connection: PlanConnection,
  found: readonly FoundCustomer[],
): Promise<readonly FoundCustomer[]> {
  if (found.length === 0 || connection.seesAll) return found;
  const vendorIds = found.map((one) => one.vendorId);
  const where = { connectionId: connection.connectionId, vendorId: { in: vendorIds } };
  const linked = await askAsSystem('find duplicates at a shared connection', (tx) =>
    tx.vendorAccount.findMany({ where, select: { vendorId: true } }),
  );
  const visible = await asActor(actor, (tx) => tx.vendorAccount.findMany({ where, select: { vendorId: true } }));
  const seen = new Set(visible.map((account) => account.vendorId));
  const hidden = new Set(linked.map((account) => account.vendorId).filter((id) => !seen.has(id)));
  return found.filter((one) => !hidden.has(one.vendorId));
}
