import { customerFactsSchema } from '@/lib/customers/customer-facts';
import type { FormConnection } from '@/lib/onboarding/form-start';
import { lintServices } from '@/lib/services/lint-services';
import { catalogEntry } from '@/lib/vendors/catalog';
import type { CustomerFacts, Json, LintFinding } from '@/lib/vendors/vendor';
import type { Snapshot } from './snapshot';

/** What will and will not pass, by our own rules and each vendor's. Pure. */
export interface Linted {
  /** Our own rules about the shared facts: sentences by field (`customer.<fact>`). */
  readonly facts: Readonly<Record<string, string>>;
  readonly vendors: readonly VendorLint[];
}

export interface VendorLint {
  readonly connection: FormConnection;
  readonly findings: readonly LintFinding[];
}

/** A vendor's rules about the form, in the browser as on the server. */
export function lintVendor(
  connection: FormConnection,
  {
    facts,
    input,
    correlationId,
    typedSecrets: typed,
  }: {
    readonly facts: CustomerFacts;
    readonly input: Json;
    readonly correlationId: string;
    readonly typedSecrets: readonly string[];
  },
): readonly LintFinding[] {
  const { mappingId, mappingName, profile } = connection;
  const context = { correlationId, mappingId, mappingName, profile, typedSecrets: typed };
  return catalogEntry(connection.vendor)?.lint(facts, input, context) ?? [];
}

/** The rules about the services that a customer gets at a connection: findings per service, fields `services.<index>.<field>`. */
export function lintServicesAt(
  { vendor, profile }: FormConnection,
  inputs: readonly Json[],
): readonly (readonly LintFinding[])[] {
  const rules = catalogEntry(vendor)?.services;
  return rules === undefined ? [] : lintServices(rules, inputs, { profile, now: new Date() });
}

/** Names of the initial secrets that are typed for a connection. */
export function typedSecrets({ secrets }: Snapshot, connectionId: string): readonly string[] {
  return Object.entries(secrets[connectionId] ?? {}).flatMap(([name, value]) => (value === '' ? [] : [name]));
}

/** Our own rules about the shared facts: sentences by field. */
export function lintFacts(facts: CustomerFacts): Readonly<Record<string, string>> {
  const parsed = customerFactsSchema.safeParse(facts);
  if (parsed.success) return {};
  const sentences: Record<string, string> = {};
  for (const issue of parsed.error.issues) sentences[`customer.${issue.path.map(String).join('.')}`] ??= issue.message;
  return sentences;
}

/** Everything that is to be said about the form as it stands. */
export function lintAll(snapshot: Snapshot, connections: readonly FormConnection[], correlationId: string): Linted {
  const chosen = connections.filter((connection) => snapshot.chosen.includes(connection.connectionId));
  return {
    facts: lintFacts(snapshot.facts),
    vendors: chosen.map((connection) => ({
      connection,
      findings: [
        ...lintVendor(connection, {
          facts: snapshot.facts,
          input: snapshot.inputs[connection.connectionId] ?? {},
          correlationId,
          typedSecrets: typedSecrets(snapshot, connection.connectionId),
        }),
        ...lintServicesAt(
          connection,
          (snapshot.services[connection.connectionId] ?? []).map(({ input }) => input),
        ).flat(),
      ],
    })),
  };
}

/** The id of the control that a finding speaks of: shared facts have one, a vendor's field one per connection. */
export function controlName(field: string, connectionId: string): string {
  return field.startsWith('customer.') ? field : `${connectionId}.${field}`;
}

/** The first field that stops the form, in the order of the page; null when nothing does. */
export function firstStop({ facts, vendors }: Linted): string | null {
  const [fact] = Object.keys(facts);
  if (fact !== undefined) return fact;
  const errors = vendors.flatMap(({ connection, findings }) =>
    findings
      .filter((finding) => finding.level === 'error')
      .map((finding) => controlName(finding.field, connection.connectionId)),
  );
  return errors.find((name) => name.startsWith('customer.')) ?? errors[0] ?? null;
}
