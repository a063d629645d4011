import 'server-only';
import type { Actor } from '../auth/actor';
import { authorize, rolesAt } from '../auth/authorize';
import { type ActorTx, asActor } from '../db/as-actor';
import { NotFound } from '../errors';
import type { FindCustomerQuery } from '../vendors/found-customer';
import { jsonSchema } from '../vendors/json-schema';
import { adapterFor } from '../vendors/registry';
import type { Json } from '../vendors/vendor';
import { canonicalHash } from './canonical-hash';
import { keepEvidence } from './draft-store';
import { type Evidence, gatherEvidence, queryHash } from './evidence';
import type { PlanConnection } from './plan-connections';
import { hiddenNamesake, linkedVendorId, openAttemptOf, sameNameHere } from './plan-facts';
import { type PlannedService, planServices, readServicesOf } from './plan-services';
import type { PlanRow, PlanView } from './plan-view';
import { type Prepared, prepareVendors } from './prepare-vendors';
import { type Submission, withoutSecrets } from './submission';
import { decideVerdict } from './verdict';

/** One row with what the engine needs to carry it out. */
export interface PlannedVendor {
  readonly connection: PlanConnection;
  readonly input: Json;
  readonly query: FindCustomerQuery;
  readonly retryOf: string | null;
  /** Initial secrets that this vendor takes, as typed. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly services: readonly PlannedService[];
  readonly row: PlanRow;
}

export interface Plan {
  readonly view: PlanView;
  readonly vendors: readonly PlannedVendor[];
}

/**
 * Makes a plan of a submission and of what was read at the vendors. Reads our own database only.
 * @param evidence by connection id; a connection without evidence was not read
 */
export async function makePlan(
  tx: ActorTx,
  actor: Actor,
  submission: Submission,
  evidence: ReadonlyMap<string, Evidence>,
): Promise<Plan> {
  const prepared = await prepareVendors(tx, actor, submission);
  const ours = await sameNameHere(tx, submission);
  const holds = await rolesAt(tx, actor, [submission.partnerId]);
  const may = {
    adopt: holds('attempt.adopt', submission.partnerId) !== null,
    adoptByName: holds('attempt.adopt-by-name', submission.partnerId) !== null,
  };
  const vendors: PlannedVendor[] = [];
  for (const one of prepared) {
    const open = await openAttemptOf(tx, one.connection, submission);
    const linked = await linkedVendorId(tx, one.connection, submission);
    const read = evidence.get(one.connection.connectionId);
    const usable = read !== undefined && read.query === queryHash(one.query, one.connection) ? read : null;
    const elsewhere = (usable?.elsewhere ?? false) || (await hiddenNamesake(tx, one.connection, submission));
    const verdict = decideVerdict({
      correlationId: submission.correlationId,
      linkedVendorId: linked,
      unusable: one.connection.unusable,
      invalid: !one.valid,
      openAttempt: open.kind,
      found: usable?.found ?? null,
      elsewhere,
      sameNameHere: ours.length > 0,
      decision: one.chosen.decision,
      mayAdopt: may.adopt,
      mayAdoptByName: may.adoptByName,
    });
    const hide = verdict.reason === 'ask-owner';
    const found = hide ? [] : (usable?.found ?? []);
    const services = await planServices(
      tx,
      actor,
      { submission, connection: one.connection, verdict: verdict.verdict },
      one.services,
    );
    vendors.push({
      connection: one.connection,
      input: one.input,
      query: one.query,
      retryOf: one.chosen.retryOf,
      secrets: one.secrets,
      services,
      row: {
        connectionId: one.connection.connectionId,
        connectionName: one.connection.name,
        vendor: one.connection.vendor,
        sandbox: one.connection.sandbox,
        ...verdict,
        ownerName: one.connection.ownerName,
        found,
        ours: hide ? [] : ours,
        openAttempt: open.kind === 'visible' ? open.attempt : null,
        mayAdopt:
          found.length > 0 &&
          (may.adoptByName || (may.adopt && found.every((each) => each.match === 'key' || each.match === 'id'))),
        mayCreateAnyway: ['same-name-at-vendor', 'same-name-here', 'look-up-failed'].includes(verdict.reason),
        problem: usable?.problem ?? null,
        findings: one.findings,
        request: toShown(one, verdict.verdict, verdict.vendorId),
        readAt: usable?.readAt ?? null,
        services: services.map((service) => service.row),
      },
    });
  }
  const rows = vendors.map((vendor) => vendor.row);
  return {
    vendors,
    view: {
      correlationId: submission.correlationId,
      planHash: planHash(submission, vendors),
      customerName: submission.facts.name,
      rows,
      acting: rows.filter(acts).length,
      services: rows.flatMap((row) => row.services).filter((service) => service.verdict === 'create').length,
    },
  };
}

/** Does a row send or link anything? */
export function acts({ verdict, services }: PlanRow): boolean {
  return verdict === 'create' || verdict === 'adopt' || services.some((service) => service.verdict === 'create');
}

function toShown(one: Prepared, verdict: PlanRow['verdict'], vendorId: string | null): PlanRow['request'] {
  if (verdict === 'adopt' && vendorId !== null) return { method: 'GET', path: vendorId, headers: {}, body: null };
  if (one.request === null || verdict === 'skip') return null;
  return { ...one.request, body: adapterFor(one.connection.vendor).mask(one.request.body) };
}

/** Binds what was shown: facts, choices, mapping, connection's version, verdicts and masked bodies. */
function planHash(submission: Submission, vendors: readonly PlannedVendor[]): string {
  return canonicalHash({
    submission: withoutSecrets(submission),
    rows: vendors.map(({ connection, row }) => ({
      connectionId: connection.connectionId,
      version: connection.version,
      mappingId: connection.mappingId,
      verdict: row.verdict,
      reason: row.reason,
      vendorId: row.vendorId,
      request: row.request,
      services: row.services.map(({ verdict, reason, request }) => ({ verdict, reason, request })),
    })),
  });
}

/**
 * Plans an onboarding: reads each vendor for duplicates, says per connection what would happen, and keeps what was read
 * with the draft. Sends nothing.
 * @throws NotFound for a partner, customer or connection outside the branch; Forbidden without the role
 */
export async function planOnboarding(actor: Actor, submission: Submission): Promise<PlanView> {
  const prepared = await asActor(actor, async (tx) => {
    await authorize(tx, actor, 'onboarding.plan', submission.partnerId);
    await requireCustomer(tx, submission);
    return prepareVendors(tx, actor, submission);
  });
  const read = await Promise.all(
    prepared
      .filter((one) => one.valid && one.connection.unusable === null)
      .map(
        async (one) =>
          [one.connection.connectionId, await gatherEvidence(actor, submission.correlationId, one)] as const,
      ),
  );
  const withServices = prepared.filter(({ services }) => services.length > 0);
  await Promise.all(withServices.map(({ connection }) => readServicesOf(actor, submission, connection.connectionId)));
  const evidence = new Map(read);
  return asActor(actor, async (tx) => {
    await keepEvidence(tx, actor, toDraft(submission), Object.fromEntries(evidence));
    return (await makePlan(tx, actor, submission, evidence)).view;
  });
}

/** @throws NotFound when the named customer is not one of the named partner's */
export async function requireCustomer(tx: ActorTx, submission: Submission): Promise<void> {
  if (submission.customerId === null) return;
  const customer = await tx.customer.findFirst({
    where: { id: submission.customerId, partnerId: submission.partnerId },
    select: { id: true },
  });
  if (customer === null) throw new NotFound();
}

function toDraft(submission: Submission) {
  const { correlationId, partnerId, customerId, facts } = submission;
  const vendors = submission.vendors.map(({ connectionId, input, retryOf, services = [] }) => ({
    connectionId,
    input: jsonSchema.parse(input),
    retryOf,
    services: services.map((service) => ({ ...service, input: jsonSchema.parse(service.input) })),
  }));
  return { correlationId, name: facts.name, content: { partnerId, customerId, facts: { ...facts }, vendors } };
}
