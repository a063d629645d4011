import 'server-only';
import { z } from 'zod';
import type { Actor } from '../auth/actor';
import { rolesHolding } from '../auth/permissions';
import { restingConnections } from '../connections/connection-health';
import { usableConnectionsIn } from '../connections/usable-connections';
import { customerFactsSchema, emptyCustomerFacts } from '../customers/customer-facts';
import { toCustomerFacts } from '../customers/to-customer-facts';
import { type ActorTx, asActor } from '../db/as-actor';
import { Forbidden, NotFound } from '../errors';
import type { CustomerFacts, Json } from '../vendors/vendor';
import { draftContentSchema, listDrafts } from './draft-store';
import { loadRemembered } from './form-defaults';
import type { FormStart, FormVendor } from './form-start';
import { loadRefusals, loadRetries } from './load-retries';

const isUuid = (value: string | undefined): value is string => z.uuid().safeParse(value).success;

interface Beginning {
  readonly correlationId: string | null;
  readonly partnerId: string | null;
  readonly customerId: string | null;
  readonly facts: CustomerFacts;
  readonly vendors: readonly FormVendor[];
  readonly savedAt: Date | null;
  readonly submitted: boolean;
}

const empty: Beginning = {
  correlationId: null,
  partnerId: null,
  customerId: null,
  facts: emptyCustomerFacts,
  vendors: [],
  savedAt: null,
  submitted: false,
};

/**
 * What the form of a new customer opens with: nothing, a draft, refused attempts to be retried, or an existing customer.
 * Vendors that it brings no values for open with the partner's choices of last time; those of a retry never do.
 * @param search the page's query: `partner`, `draft`, `retry` (ids, separated by commas), `customer`
 * @throws NotFound when something named is outside the branch; Forbidden when the role may onboard nowhere
 */
export async function loadFormStart(actor: Actor, search: Readonly<Record<string, string>>): Promise<FormStart> {
  return asActor(actor, async (tx) => {
    const partners = await listOnboardingPartners(tx, actor);
    const [first] = partners;
    if (first === undefined) throw new Forbidden('onboarding.plan');
    const beginning = await loadBeginning(tx, search);
    const wanted = beginning.customerId === null ? (search.partner ?? beginning.partnerId) : beginning.partnerId;
    const home = partners.find((partner) => partner.partnerId === actor.partnerId) ?? first;
    const partner = wanted === null || wanted === undefined ? home : partners.find((one) => one.partnerId === wanted);
    if (partner === undefined) throw new NotFound();
    const usable = await usableConnectionsIn(tx, partner.partnerId);
    const resting = await restingConnections(usable.map((one) => one.connectionId));
    const customer =
      beginning.customerId === null
        ? null
        : await tx.customer.findUnique({ where: { id: beginning.customerId }, select: { id: true, name: true } });
    const drafts = await listDrafts(tx);
    const isRetry = beginning.vendors.some((vendor) => vendor.retryOf !== null);
    const remembered = isRetry ? [] : await loadRemembered(tx, partner.partnerId, usable);
    return {
      correlationId: beginning.correlationId,
      partners,
      partnerId: partner.partnerId,
      customer: customer === null ? null : { customerId: customer.id, name: customer.name },
      facts: beginning.facts,
      vendors: beginning.vendors.filter((vendor) => usable.some((one) => one.connectionId === vendor.connectionId)),
      connections: usable.map((one) => ({
        connectionId: one.connectionId,
        name: one.name,
        vendor: one.vendor,
        ownerName: one.ownerName,
        shared: one.shared,
        sandbox: one.sandbox,
        unusable: one.unusable,
        resting: resting.has(one.connectionId),
        mappingId: one.mappingId,
        mappingName: one.mappingName,
        own: one.own,
        profile: one.profile,
      })),
      remembered: Object.fromEntries(remembered),
      submitted: beginning.submitted,
      draftSavedAt: beginning.savedAt?.toISOString() ?? null,
      drafts: drafts
        .filter((draft) => draft.correlationId !== beginning.correlationId)
        .map((draft) => ({ ...draft, savedAt: draft.savedAt.toISOString() })),
    };
  });
}

/** Partners for which the actor may onboard, in the order of the tree. */
async function listOnboardingPartners(tx: ActorTx, actor: Actor): Promise<FormStart['partners']> {
  const roles = rolesHolding('onboarding.submit');
  const granted = actor.grants.filter((grant) => roles.includes(grant.role)).map((grant) => grant.partnerId);
  const rows = await tx.partner.findMany({
    where: { disabledAt: null, ancestors: { some: { ancestorId: { in: granted } } } },
    select: { id: true, name: true, kind: true },
    orderBy: [{ kind: 'asc' }, { name: 'asc' }],
    take: 2_000,
  });
  const rank = (kind: string) => ['host', 'csp', 'reseller'].indexOf(kind);
  return rows
    .map((row) => ({ partnerId: row.id, name: row.name, kind: row.kind }))
    .sort((left, right) => rank(left.kind) - rank(right.kind));
}

async function loadBeginning(tx: ActorTx, search: Readonly<Record<string, string>>): Promise<Beginning> {
  const retried = (search.retry ?? '').split(',').filter(isUuid);
  if (retried.length > 0) return fromAttempts(tx, retried);
  if (isUuid(search.customer)) return fromCustomer(tx, search.customer);
  if (isUuid(search.draft)) return fromDraft(tx, search.draft);
  return empty;
}

async function fromAttempts(tx: ActorTx, attemptIds: readonly string[]): Promise<Beginning> {
  const { correlationId, partnerId, customerId, facts, vendors } = await loadRetries(tx, attemptIds);
  return { ...empty, correlationId, partnerId, customerId, facts, vendors };
}

async function fromCustomer(tx: ActorTx, customerId: string): Promise<Beginning> {
  const row = await tx.customer.findUnique({ where: { id: customerId } });
  if (row === null) throw new NotFound();
  return { ...empty, partnerId: row.partnerId, customerId: row.id, facts: toCustomerFacts(row) };
}

async function fromDraft(tx: ActorTx, correlationId: string): Promise<Beginning> {
  const row = await tx.draft.findUnique({ where: { correlationId } });
  if (row === null) {
    const submitted = await tx.onboarding.findUnique({ where: { correlationId }, select: { id: true } });
    return { ...empty, correlationId, submitted: submitted !== null };
  }
  const content = draftContentSchema.safeParse(row.content);
  if (!content.success) return { ...empty, correlationId };
  const facts = draftFacts(content.data.facts);
  const refusals = await loadRefusals(tx, correlationId, facts);
  return {
    correlationId,
    partnerId: content.data.partnerId,
    customerId: content.data.customerId,
    facts,
    vendors: content.data.vendors.map(
      ({ services = [], ...vendor }): FormVendor => ({ ...vendor, services, ...refusals(vendor) }),
    ),
    savedAt: row.savedAt,
    submitted: false,
  };
}

/** A draft is as typed: whatever is not text is left out rather than refused. */
function draftFacts(facts: Json): CustomerFacts {
  const typed = z.record(z.string(), z.unknown()).catch({}).parse(facts);
  const texts = Object.keys(emptyCustomerFacts).map((key) => [key, z.string().catch('').parse(typed[key])] as const);
  return z
    .object({ ...customerFactsSchema.shape, name: z.string(), country: z.string(), email: z.string() })
    .parse(Object.fromEntries(texts));
}
