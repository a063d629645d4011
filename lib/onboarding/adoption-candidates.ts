import 'server-only';
import type { Actor } from '../auth/actor';
import { asActor } from '../db/as-actor';
import { adapterFor } from '../vendors/registry';
import type { RequestContext } from '../vendors/vendor';
import { requireAdoptable } from './adopt';
import { gatherEvidence } from './evidence';
import type { AdoptionCandidates } from './record-view';

/**
 * Looks for the customers that a refusal "already exists" may speak of, so that a person picks one instead of typing its
 * id. Reads the vendor once; a partner below the owner is shown what a plan would show it, and nothing is changed.
 * @throws NotFound outside the branch; Forbidden without the role; Conflict when the attempt cannot be followed by an
 * adoption, or the connection cannot be used
 */
export async function listAdoptionCandidates(actor: Actor, attemptId: string): Promise<AdoptionCandidates> {
  const { attempt, connection } = await requireAdoptable(actor, attemptId);
  const { mappingId, mappingName, profile, settings } = connection;
  const context: RequestContext = {
    correlationId: attempt.correlationId,
    mappingId,
    mappingName,
    profile,
    settings,
  };
  const query = adapterFor(attempt.vendor).toFindQuery(attempt.facts, attempt.input, context);
  const { found, elsewhere, problem, readAt } = await gatherEvidence(actor, attempt.correlationId, {
    connection,
    query,
  });
  const linked = await linkedCustomers(
    actor,
    connection.connectionId,
    (found ?? []).map(({ vendorId }) => vendorId),
  );
  return {
    found: (found ?? []).map(({ vendorId, name, country, email, match }) => ({
      vendorId,
      name,
      country,
      email,
      match,
      linkedTo: linked.get(vendorId) ?? null,
    })),
    elsewhere,
    problem,
    readAt,
  };
}

/** Names of our customers of the branch that have these ids at the connection already. */
async function linkedCustomers(
  actor: Actor,
  connectionId: string,
  vendorIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await asActor(actor, (tx) =>
    tx.vendorAccount.findMany({
      where: { connectionId, vendorId: { in: [...vendorIds] } },
      select: { vendorId: true, customer: { select: { name: true } } },
    }),
  );
  return new Map(rows.map(({ vendorId, customer }) => [vendorId, customer.name]));
}
