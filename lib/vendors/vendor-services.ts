import type { Json, LintFinding, PlannedRequest, VendorCall, VendorOutcome } from './vendor';

/** What a vendor whose customers have services is to the rest of Quayside. Client-safe: types only. */

/** A service that a customer has at the vendor. */
export interface FoundService {
  /** Our word for the product; null for one that we do not know. */
  readonly product: string | null;
  /** The vendor's name for it. */
  readonly name: string;
  /** What the vendor says of it, in its words: `model`, `seats`, `storage`, `retention`, `expires`, `package` … */
  readonly facts: Readonly<Record<string, string>>;
}

/** What the rules about a service need besides the form. */
export interface ServiceContext {
  readonly profile: string | null;
  /** Products (our words) that the customer is known to have. */
  readonly known: readonly string[];
  readonly now: Date;
}

/** Where a service goes, and in which contract it is written. */
export interface ServiceTarget {
  /** The customer's id at the vendor. */
  readonly customerId: string;
  readonly profile: string | null;
  /** Settings of the connection: they decide how some values are written. */
  readonly settings: Readonly<Record<string, string>>;
}

/** What a vendor whose customers have services can do about them. */
export interface VendorServices {
  /** Parses the form of a service (form or database JSON). Throws ZodError. */
  parseInput(value: unknown): Json;
  /** The product that the form speaks of; null while none is chosen. */
  productOf(input: Json): { readonly key: string; readonly name: string } | null;
  /** Pure: the exact request; shown in the plan and sent unchanged. */
  toAddService(input: Json, target: ServiceTarget): PlannedRequest;
  /** Throws `NotSent` and whatever else `takeTurn` and `beforeEffect` throw; every answer of the vendor is an outcome. */
  addService(call: VendorCall, input: Json, target: Omit<ServiceTarget, 'settings'>): Promise<VendorOutcome>;
  /** Reads only. Empty also where the vendor does not show the customer. Throws `VendorError` when it could not be read. */
  listServices(call: VendorCall, customerId: string): Promise<readonly FoundService[]>;
  /** A masked copy of a request's body. */
  mask(body: Json): Json;
}

/** The client-safe side: the empty form of a service, and its rules. Fields are `service.<field>`. */
export interface ServiceRules {
  readonly emptyInput: Json;
  /** The vendor's name of the product that the form speaks of; null while none is chosen, and for what cannot be read. */
  productName(input: Json): string | null;
  lint(input: Json, context: ServiceContext): readonly LintFinding[];
}
