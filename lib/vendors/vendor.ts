/**
 * What a vendor is to the rest of Quayside. Client-safe: types and pure values only, no I/O.
 *
 * A vendor is one folder (`lib/vendors/<vendor>/`), one line in `catalog.ts` (what the form needs, client-safe) and one
 * line in `registry.ts` (what the server needs). It knows nothing of our database, users or screens: it receives a
 * `VendorCall` with a decrypted connection and answers with a `VendorOutcome`.
 */

import type { RecordedExchange } from './exchange';
import type { FindCustomerQuery, FoundCustomer } from './found-customer';
import type { LookupOption, LookupQuery, NamedAtVendor, ProbeResult } from './vendor-lookups';
import type { VendorPartners } from './vendor-partners';
import type { VendorServices } from './vendor-services';

/** The vendors Quayside speaks to, as written in the database, in URLs and in the connections file. */
export const vendorKeys = ['cloud-cockpit', 'avepoint', 'cove', 'cloudlx'] as const;
export type VendorKey = (typeof vendorKeys)[number];

/** A JSON value: what is sent, recorded and shown. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** Facts about a customer that are typed once and shared by every vendor. Only name and country are mandatory. */
export interface CustomerFacts {
  readonly name: string;
  readonly legalName: string;
  readonly taxId: string;
  /** ISO 3166-1 alpha-2, upper case. */
  readonly country: string;
  readonly addressLine1: string;
  readonly addressLine2: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly firstName: string;
  readonly middleName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone: string;
  readonly website: string;
}

/** A connection with its secrets opened, for the time of one call. Never logged, never serialised. */
export interface VendorConnection {
  readonly connectionId: string;
  /** Partner that owns the connection. */
  readonly ownerPartnerId: string;
  readonly version: number;
  readonly baseUrl: string;
  readonly tokenUrl: string | null;
  readonly profile: string | null;
  /** May use http, loopback and private addresses: marked sandbox **and** the installation allows sandboxes. */
  readonly sandbox: boolean;
  /** Longest time one HTTP request may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Requests per second over all processes; null is unlimited. */
  readonly requestsPerSecond: number | null;
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

/** What a vendor's code gets for the time of one call. */
export interface VendorCall {
  readonly connection: VendorConnection;
  /** Our correlation id: key, header, log field and URL in one. */
  readonly correlationId: string;
  readonly attemptId: string | null;
  /** Aborts at the deadline of the whole attempt. */
  readonly signal: AbortSignal;
  /** Opened secrets that were typed for this attempt (`initialSecrets` of the catalogue); empty for reads. Never logged. */
  readonly initialSecrets: Readonly<Record<string, string>>;
  /** Keeps one exchange for the record. Never throws. */
  recordExchange(exchange: RecordedExchange): void;
  /** Waits for the connection's rate limit. Called before every request. */
  takeTurn(): Promise<void>;
  /**
   * Commits the *sent* mark. Called exactly once per attempt, right before a request that can take effect leaves, after
   * any wait. Throws `NotSent` when the attempt may no longer be sent (deadline passed, rights or connection changed).
   */
  beforeEffect(): Promise<void>;
}

/** May the failed call have taken effect at the vendor? */
export type Effect = 'none' | 'unknown' | 'earlier';

export const vendorErrorKinds = [
  'invalid-request',
  'unreachable',
  'unauthorized',
  'forbidden',
  'rate-limited',
  'rejected',
  'already-exists',
  'timeout',
  'connection-lost',
  'vendor-failure',
  'invalid-reply',
] as const;
export type VendorErrorKind = (typeof vendorErrorKinds)[number];

/** A vendor's complaint about one of our fields. */
export interface FieldError {
  /** Path in the form: `customer.<fact>` or `<field>` / `<a>.<b>` of the vendor's own input; null when the vendor names none of ours. */
  readonly field: string | null;
  /** The vendor's own name for it, as answered. */
  readonly vendorField: string | null;
  readonly messages: readonly string[];
}

/** Why a call did not succeed, in full: everything here may be stored and shown. */
export interface VendorProblem {
  readonly kind: VendorErrorKind;
  readonly effect: Effect;
  /** HTTP status or null when there was no answer. */
  readonly status: number | null;
  /** Key below `vendor-errors` in the message catalogue, such as `rejected` or `cloud-cockpit.already-exists`. */
  readonly message: string;
  /** For the sentence: `vendor`, `step` (ExchangePurpose), `effect`, `status`, `reason`, `retryAfter` (seconds); `none` where there is none. */
  readonly params: Readonly<Record<string, string>>;
  readonly fieldErrors: readonly FieldError[];
  /** The vendor's words: its error type, description and its own correlation id. */
  readonly vendorType: string | null;
  readonly vendorDescription: string | null;
  readonly vendorCorrelationId: string | null;
  /** Seconds to wait, when the vendor said so. */
  readonly retryAfterSeconds: number | null;
  /** May be tried again by a person as it stands (unreachable, rate-limited). */
  readonly retryable: boolean;
}

/** A sentence about an answer that is a yes: a key below `vendor-errors.remarks` and its values. */
export interface VendorRemark {
  readonly message: string;
  readonly params: Readonly<Record<string, string>>;
}

export type VendorOutcome =
  | {
      readonly state: 'succeeded';
      readonly vendorId: string;
      readonly vendorCorrelationId: string | null;
      /** "Created, but …": what the vendor did differently from what was asked. */
      readonly remark?: VendorRemark;
    }
  | { readonly state: 'refused'; readonly problem: VendorProblem }
  | { readonly state: 'unknown'; readonly problem: VendorProblem };

/** A rule of the vendor about the form: red (`error`) stops, amber (`hint`) does not. */
export interface LintFinding {
  readonly level: 'error' | 'hint';
  /** Field as in `FieldError.field`. */
  readonly field: string;
  /** Key below `lint` in the message catalogue. */
  readonly message: string;
  readonly params: Readonly<Record<string, string>>;
}

/** What the mapping and the connection give to a request. */
export interface RequestContext {
  readonly correlationId: string;
  /** The mapping's id at the vendor (`resellerId`, parent partner), or null for the owner itself. */
  readonly mappingId: string | null;
  readonly mappingName: string | null;
  readonly profile: string | null;
  /** What the connection itself is at the vendor, where that is known and whoever looks may see it. */
  readonly own?: NamedAtVendor | null;
  /** Plain settings of the connection, where whoever looks may see them (owner's branch): shown in the plan, used by lint. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Names of the initial secrets that were typed, for lint; absent where they are not known (a plan made anew). */
  readonly typedSecrets?: readonly string[];
}

/** The request that an operation will send, before any secret header is added. */
export interface PlannedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
}

/** The server side of a vendor. `Input` is the vendor's section of the form, parsed by its `input.ts`. */
export interface VendorAdapter {
  readonly vendor: VendorKey;
  /** Parses the vendor's section (form or database JSON). Throws ZodError. */
  parseInput(value: unknown): Json;
  /** The key that the vendor's record will carry in its searchable slot; null where the vendor has none. */
  keyOf(input: Json, context: RequestContext): string | null;
  /** Pure: facts and input to the exact request; shown in the plan and sent unchanged, but for `secretMarker` where an initial secret goes. */
  toCreateCustomer(facts: CustomerFacts, input: Json, context: RequestContext): PlannedRequest;
  /** Pure: what to look for so as to find the customer that `toCreateCustomer` would make (with the name typed for this vendor). */
  toFindQuery(facts: CustomerFacts, input: Json, context: RequestContext): FindCustomerQuery;
  /** Throws `NotSent` and whatever else `takeTurn` and `beforeEffect` throw; every answer of the vendor is an outcome. */
  createCustomer(call: VendorCall, facts: CustomerFacts, input: Json, context: RequestContext): Promise<VendorOutcome>;
  /** Reads only. Throws `VendorError` when the vendor could not be read. */
  findCustomers(call: VendorCall, query: FindCustomerQuery): Promise<readonly FoundCustomer[]>;
  /**
   * Confirms that an id exists and is visible to this connection; null when it is not there, or lies outside of the mapping
   * `within`. Throws `VendorError`.
   */
  getCustomer(call: VendorCall, vendorId: string, within?: string | null): Promise<FoundCustomer | null>;
  readonly lookups: Readonly<
    Record<string, (call: VendorCall, query: LookupQuery) => Promise<readonly LookupOption[]>>
  >;
  probe(call: VendorCall): Promise<ProbeResult>;
  /**
   * What a mapping is called at the vendor; with null, what the connection's credentials belong to there. Null where the
   * vendor knows no such id, or the connection is nothing there. Absent where there are no mappings. Reads only. Throws
   * `VendorError`.
   */
  readonly nameOf?: (call: VendorCall, mappingId: string | null) => Promise<NamedAtVendor | null>;
  /** A masked copy of a payload: values off the vendor's allow-list become type and length. */
  mask(body: Json): Json;
  /** Absent where customers have no services. */
  readonly services?: VendorServices;
  /** Absent where the vendor has no partners, or shows none. */
  readonly partners?: VendorPartners;
}

/** Stands in planned and recorded requests where an initial secret is sent. */
export const secretMarker = '(secret)';
