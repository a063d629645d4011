/** Customers as they are looked for and found at a vendor. Client-safe: types and pure values only. */

export const customerMatches = ['key', 'id', 'email', 'name'] as const;
export type CustomerMatch = (typeof customerMatches)[number];

/** A customer found at the vendor. */
export interface FoundCustomer {
  readonly vendorId: string;
  readonly name: string;
  readonly country: string | null;
  readonly email: string | null;
  /** Our key as the vendor holds it, or null. */
  readonly key: string | null;
  /** The mapping (reseller, parent) it belongs to at the vendor, or null. */
  readonly mappingId: string | null;
  /**
   * `key`: carries our key exactly; `id`: carries the id asked for. A person must say about the others: `email`: the same
   * e-mail address; `name`: the same name and country.
   */
  readonly match: CustomerMatch;
}

export interface FindCustomerQuery {
  /**
   * What `keyOf` says. A hit carries `match: 'key'` only where this is the call's own correlation id: an identifier that a
   * person typed in its place may be somebody else's too, so a hit on it is worth no more than `match: 'name'`.
   */
  readonly key: string;
  readonly name: string;
  readonly country: string;
  /** Restrict the look-up to this mapping, when the partner asking works through one. */
  readonly mappingId: string | null;
  /** The e-mail address the vendor would know the customer by, where that tells anything. */
  readonly email?: string;
  /** What else this vendor compares (`currency`). */
  readonly also?: Readonly<Record<string, string>>;
}
