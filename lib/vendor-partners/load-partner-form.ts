import 'server-only';
import { nextStep, readState } from '../attempts/attempt';
import { attemptStateSchema } from '../attempts/attempt-state-schema';
import type { Actor } from '../auth/actor';
import { roleAt } from '../auth/authorize';
import { restingConnections } from '../connections/connection-health';
import { listUnmappedPartners } from '../connections/partner-choices';
import { customerFactsSchema, emptyCustomerFacts } from '../customers/customer-facts';
import { type ActorTx, asActor } from '../db/as-actor';
import { NotFound } from '../errors';
import { parseId } from '../lists/place';
import type { FormConnection } from '../onboarding/form-start';
import { VendorError } from '../vendors/http/vendor-error';
import { vendorProblemSchema } from '../vendors/problem-schema';
import type { VendorPartnerDetails } from '../vendors/vendor-partners';
import type { PartnerForm } from './partner-form';
import { partnerIntentSchema } from './partner-intent';
import { type PartnerScope, requirePartnerScope } from './partner-scope';
import { readAtVendor } from './read-partners';
import { hiddenIds } from './within-sight';

const permission = 'vendor-partner.add';

/**
 * The form of a partner at a vendor: below the partner that the address names, or with what a refused attempt held. The
 * parent is read at the vendor, as its level and services decide what may go below it.
 * @throws NotFound when connection, partner, parent or attempt are not there for the actor; Forbidden without the role
 */
export async function loadPartnerForm(
  actor: Actor,
  connectionId: string,
  search: Readonly<Record<string, string | undefined>>,
): Promise<PartnerForm> {
  const { scope, retried, partnerName, mayMap } = await asActor(actor, async (tx) => {
    const again = search.retry === undefined ? null : await loadRetry(tx, connectionId, search.retry);
    const partnerId = again?.partnerId ?? search.partner ?? null;
    const own = await requirePartnerScope(tx, actor, { connectionId, partnerId, permission });
    const { ownerPartnerId } = own.connection;
    const partner = await tx.partner.findUniqueOrThrow({ where: { id: own.partnerId }, select: { name: true } });
    const maps = (await roleAt(tx, actor, 'mapping.manage', ownerPartnerId)) !== null;
    return {
      scope: own,
      retried: again,
      partnerName: partner.name,
      mayMap: maps && own.partnerId === ownerPartnerId,
    };
  });
  const { connection, partnerId } = scope;
  const parentId = retried === null ? (search.parent ?? null) : retried.parentId;
  const { parent, problem } = await readParent(actor, scope, parentId);
  const unmapped = mayMap ? await listUnmappedPartners(actor, connection.connectionId) : null;
  return {
    connection: await toFormConnection(connection),
    partner: { partnerId, name: partnerName },
    parentId: parent?.vendorId ?? parentId,
    parent,
    problem,
    facts: retried?.facts ?? emptyCustomerFacts,
    // With its place, which the rules in the browser judge the level by.
    input: retried === null ? scope.partners.startInput(parent) : scope.partners.parseInput(retried.section, parent),
    mapTo: retried?.mapTo ?? null,
    mappable: unmapped?.map((one) => ({ partnerId: one.partnerId, name: one.name })) ?? null,
    retry: retried === null ? null : retried.retry,
  };
}

async function readParent(
  actor: Actor,
  scope: PartnerScope,
  vendorId: string | null,
): Promise<Pick<PartnerForm, 'parent' | 'problem'>> {
  const { connection, partners, rules } = scope;
  const { mappingId } = connection;
  if (!rules.tree || connection.unusable !== null) return { parent: null, problem: null };
  let there: VendorPartnerDetails | null;
  try {
    there = await readAtVendor(scope, (call) => partners.getPartner(call, { vendorId, mappingId }));
  } catch (error) {
    if (error instanceof VendorError) return { parent: null, problem: error.problem };
    throw error;
  }
  if (there === null || (await hiddenIds(actor, scope, [there.vendorId])).has(there.vendorId)) throw new NotFound();
  const { name, level, state, gives, path } = there;
  return { parent: { vendorId: there.vendorId, name, level, state, gives, path }, problem: null };
}

async function toFormConnection(connection: PartnerScope['connection']): Promise<FormConnection> {
  const { connectionId, name, vendor, ownerName, shared, sandbox, unusable } = connection;
  const { mappingId, mappingName, profile, own } = connection;
  const resting = (await restingConnections([connectionId])).has(connectionId);
  const place = { mappingId, mappingName, profile, own };
  return { connectionId, name, vendor, ownerName, shared, sandbox, unusable, resting, ...place };
}

async function loadRetry(tx: ActorTx, connectionId: string, attemptId: string) {
  const id = parseId(attemptId);
  const at = parseId(connectionId);
  const row =
    id === null || at === null
      ? null
      : await tx.attempt.findFirst({
          where: { id, connectionId: at, operation: 'add-partner' },
          include: { content: true },
        });
  const kept = partnerIntentSchema.safeParse(row?.content?.input);
  if (row === null || row.content === null || !kept.success) throw new NotFound();
  const problem = vendorProblemSchema.nullable().catch(null).parse(row.outcome);
  const state = readState({ state: attemptStateSchema.parse(row.state), deadline: row.deadline }, new Date());
  const step = nextStep({
    state,
    reason: problem?.kind ?? null,
    retryable: problem?.retryable ?? false,
    retried: row.retriedBy !== null,
    contradicted: row.contradicted,
    operation: row.operation,
  });
  if (state !== 'refused' || step === 'nothing') throw new NotFound();
  const { section, parent, mapTo } = kept.data;
  return {
    partnerId: row.partnerId,
    facts: customerFactsSchema.parse(row.content.facts),
    section,
    parentId: parent?.vendorId ?? null,
    mapTo,
    retry: { attemptId: row.id, correlationId: row.correlationId, problem },
  };
}
