import 'server-only';
import { z } from 'zod';
import type { Actor } from '../auth/actor';
import type { ActorTx } from '../db/as-actor';
import { Conflict, NotFound } from '../errors';
import { catalogEntry } from '../vendors/catalog';
import type { FindCustomerQuery } from '../vendors/found-customer';
import { adapterFor } from '../vendors/registry';
import type { Json, LintFinding, PlannedRequest, RequestContext, VendorKey } from '../vendors/vendor';
import { listPlanConnections, type PlanConnection } from './plan-connections';
import { anyWrong, type PreparedService, prepareServices } from './plan-services';
import type { Submission } from './submission';

/** One vendor of a submission, its own part parsed. */
export interface Prepared {
  readonly chosen: Submission['vendors'][number];
  readonly connection: PlanConnection;
  readonly context: RequestContext;
  /** Null when the vendor's schema refused it: then `findings` says why. */
  readonly input: Json;
  readonly secrets: Readonly<Record<string, string>>;
  readonly valid: boolean;
  readonly findings: readonly LintFinding[];
  readonly request: PlannedRequest | null;
  readonly query: FindCustomerQuery;
  readonly services: readonly PreparedService[];
}

/**
 * Parses each vendor's part and asks its rules. Nothing is read from a vendor here.
 * @throws Conflict when a connection is chosen twice; NotFound for one that the partner cannot use
 */
export async function prepareVendors(tx: ActorTx, actor: Actor, submission: Submission): Promise<readonly Prepared[]> {
  const ids = submission.vendors.map((vendor) => vendor.connectionId);
  if (new Set(ids).size !== ids.length) throw new Conflict('Each connection can be chosen once.');
  const connections = await listPlanConnections(tx, actor, { partnerId: submission.partnerId, only: ids });
  return submission.vendors.map((chosen) => {
    const connection = connections.find((one) => one.connectionId === chosen.connectionId);
    if (connection === undefined) throw new NotFound();
    return prepare(submission, chosen, connection);
  });
}

function prepare(submission: Submission, chosen: Submission['vendors'][number], connection: PlanConnection): Prepared {
  const adapter = adapterFor(connection.vendor);
  const { facts, correlationId } = submission;
  const secrets = takenSecrets(connection.vendor, chosen.secrets ?? {});
  const context: RequestContext = {
    correlationId,
    mappingId: connection.mappingId,
    mappingName: connection.mappingName,
    profile: connection.profile,
    own: connection.own,
    settings: connection.settings,
    typedSecrets: Object.keys(secrets),
  };
  const fallback = { key: correlationId, name: facts.name, country: facts.country, mappingId: connection.mappingId };
  const services = prepareServices(chosen, connection);
  const base = { chosen, connection, context, secrets, services };
  const parsed = parseInput(() => adapter.parseInput(chosen.input));
  if (!parsed.ok)
    return { ...base, input: null, valid: false, findings: parsed.findings, request: null, query: fallback };
  const findings = catalogEntry(connection.vendor)?.lint(facts, parsed.input, context) ?? [];
  // A customer and its services are one decision: with one of them wrong, none of it is sent.
  const valid = findings.every((finding) => finding.level !== 'error') && !anyWrong(services);
  return {
    ...base,
    input: parsed.input,
    valid,
    findings,
    request: adapter.toCreateCustomer(facts, parsed.input, context),
    query: adapter.toFindQuery(facts, parsed.input, context),
  };
}

/** Of what was typed, the secrets that this vendor knows. */
function takenSecrets(vendor: VendorKey, typed: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const known = catalogEntry(vendor)?.initialSecrets ?? [];
  return Object.fromEntries(Object.entries(typed).filter(([name, value]) => known.includes(name) && value !== ''));
}

type ParsedInput =
  | { readonly ok: true; readonly input: Json }
  | { readonly ok: false; readonly findings: LintFinding[] };

function parseInput(parse: () => Json): ParsedInput {
  try {
    return { ok: true, input: parse() };
  } catch (error) {
    if (!(error instanceof z.core.$ZodError)) throw error;
    const findings = error.issues.map((issue) => ({
      level: 'error' as const,
      field: issue.path.map(String).join('.'),
      message: 'shape',
      params: { detail: issue.message },
    }));
    return { ok: false, findings };
  }
}
