import type { DraftContent, FormConnection, FormService, FormStart } from '@/lib/onboarding/form-start';
import type { Decision, Submission } from '@/lib/onboarding/submission';
import { catalogEntry } from '@/lib/vendors/catalog';
import type { CustomerFacts, Json, VendorKey } from '@/lib/vendors/vendor';

/** Everything typed and chosen at a moment. Pure values: what is linted, saved, planned and submitted. */
export interface Snapshot {
  readonly facts: CustomerFacts;
  /** Chosen connections, in the order in which they are offered. */
  readonly chosen: readonly string[];
  /** Each vendor's own section by connection id; kept when the connection is unticked. */
  readonly inputs: Readonly<Record<string, Json>>;
  /** What the customer gets besides, by connection id; kept when the connection is unticked. */
  readonly services: Readonly<Record<string, readonly FormService[]>>;
  readonly decisions: Readonly<Record<string, Decision>>;
  /** Initial secrets by connection id: in this page alone, never in a draft. */
  readonly secrets: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The form as it opens. The only usable connection is chosen, unless a draft or a link says otherwise. */
export function toFirstSnapshot(start: FormStart, askedConnection: string | null): Snapshot {
  const inputs = Object.fromEntries(
    start.connections.map(({ connectionId, vendor }) => {
      const kept = start.vendors.find((one) => one.connectionId === connectionId);
      return [connectionId, kept?.input ?? start.remembered[connectionId] ?? emptyInput(vendor)];
    }),
  );
  const services = Object.fromEntries(start.vendors.map((one) => [one.connectionId, one.services]));
  const chosen = toFirstChoice(start, askedConnection);
  return { facts: start.facts, chosen, inputs, services, decisions: {}, secrets: {} };
}

/** A vendor's section before anything is typed. */
export function emptyInput(vendor: VendorKey): Json {
  return catalogEntry(vendor)?.emptyInput ?? {};
}

/** Of the fields that are remembered, those that hold something else than in an empty section. */
export function rememberedFields(vendor: VendorKey, input: Json): readonly string[] {
  const [empty, now] = [toRecord(emptyInput(vendor)), toRecord(input)];
  const named = catalogEntry(vendor)?.remembered ?? [];
  return named.filter((field) => field in now && JSON.stringify(now[field]) !== JSON.stringify(empty[field]));
}

/** A section whose remembered fields are empty again; what else was typed stays. */
export function withoutRemembered(vendor: VendorKey, input: Json): Json {
  const empty = toRecord(emptyInput(vendor));
  const cleared = rememberedFields(vendor, input).map((field) => [field, empty[field]] as const);
  return { ...toRecord(input), ...Object.fromEntries(cleared) };
}

function toFirstChoice(start: FormStart, asked: string | null): readonly string[] {
  const usable = start.connections.filter((connection) => connection.unusable === null);
  // A retry keeps its connection whatever became of it; of a draft, what can still be used.
  const kept = start.vendors
    .filter((vendor) => vendor.retryOf !== null || usable.some((one) => one.connectionId === vendor.connectionId))
    .map((vendor) => vendor.connectionId);
  if (kept.length > 0) return inOrder(start.connections, kept);
  const only = usable.length === 1 ? usable[0] : undefined;
  const wanted = usable.find((connection) => connection.connectionId === asked) ?? only;
  return wanted === undefined ? [] : [wanted.connectionId];
}

/** Connection ids in the order in which the connections are offered. */
export function inOrder(connections: readonly FormConnection[], ids: readonly string[]): readonly string[] {
  return connections.map((connection) => connection.connectionId).filter((id) => ids.includes(id));
}

interface Identity {
  readonly start: FormStart;
  readonly correlationId: string;
}

/** What is planned and submitted. */
export function toSubmission(snapshot: Snapshot, { start, correlationId }: Identity): Submission {
  return {
    correlationId,
    partnerId: start.partnerId,
    customerId: start.customer?.customerId ?? null,
    facts: { ...snapshot.facts },
    vendors: snapshot.chosen.map((connectionId) => ({
      connectionId,
      input: toRecord(snapshot.inputs[connectionId]),
      secrets: { ...snapshot.secrets[connectionId] },
      decision: snapshot.decisions[connectionId] ?? null,
      retryOf: retryOf(start, connectionId),
      ...servicesAt(snapshot, connectionId, ({ input, retryOf: retried }) => ({
        input: toRecord(input),
        retryOf: retried,
      })),
    })),
  };
}

/** Nothing at all where there are none. */
function servicesAt<Service>(
  { services }: Snapshot,
  connectionId: string,
  toService: (service: FormService) => Service,
): { services?: Service[] } {
  const typed = services[connectionId] ?? [];
  return typed.length === 0 ? {} : { services: typed.map(toService) };
}

/** What is saved of the half-filled form; for another partner when one is being chosen. */
export function toDraft(snapshot: Snapshot, start: FormStart, partnerId: string = start.partnerId): DraftContent {
  return {
    partnerId,
    customerId: start.customer?.customerId ?? null,
    facts: { ...snapshot.facts },
    vendors: snapshot.chosen.map((connectionId) => ({
      connectionId,
      input: snapshot.inputs[connectionId] ?? {},
      retryOf: retryOf(start, connectionId),
      ...servicesAt(snapshot, connectionId, (service) => service),
    })),
  };
}

function retryOf(start: FormStart, connectionId: string): string | null {
  return start.vendors.find((vendor) => vendor.connectionId === connectionId)?.retryOf ?? null;
}

/** A vendor's section is always an object; anything else an old draft may hold is left out. */
export function toRecord(input: Json | undefined): Record<string, Json | undefined> {
  return isSection(input) ? { ...input } : {};
}

function isSection(input: Json | undefined): input is { readonly [field: string]: Json | undefined } {
  return typeof input === 'object' && input !== null && !Array.isArray(input);
}

/** Connections whose refused attempts this form tries again. */
export function retriedConnections(start: FormStart): readonly string[] {
  return start.vendors.flatMap(({ connectionId, retryOf: attemptId }) => (attemptId === null ? [] : [connectionId]));
}

/** Is this form a retry of refused attempts? */
export function isRetry(start: FormStart): boolean {
  return start.vendors.some((vendor) => vendor.retryOf !== null);
}
