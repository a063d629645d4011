import type { CustomerFacts, Json, LintFinding, RequestContext, VendorKey } from './vendor';
import type { PartnerRules } from './vendor-partners';
import type { ServiceRules } from './vendor-services';

/** The client-safe side of a vendor: what the form and the settings page need. */
export interface VendorCatalogEntry {
  readonly vendor: VendorKey;
  readonly name: string;
  /** Default base and token URL of the real vendor. */
  readonly baseUrl: string;
  readonly tokenUrl: string | null;
  /** Keys of settings (plain) and secrets (write-only) in the order of the form; labels are in the catalogue. */
  readonly settings: readonly {
    readonly key: string;
    readonly required: boolean;
    readonly fallback: string;
    /** The vendor refuses more characters. */
    readonly max?: number;
  }[];
  readonly secrets: readonly { readonly key: string; readonly required: boolean }[];
  /** Does a partner below need a mapping, and what is it called at the vendor (`resellerId`)? */
  readonly mapping: { readonly field: string; readonly lookup: string } | null;
  /** Contract profiles that a connection chooses from, the default first; empty where there is one contract. */
  readonly profiles: readonly string[];
  /** Secrets typed with a customer (a first password): sealed apart, sent once, gone with the attempt's closing. */
  readonly initialSecrets: readonly string[];
  /** Has the vendor a searchable slot that carries our key? */
  readonly carriesKey: boolean;
  /**
   * Fields of the section (its first level) that the next form of the same partner opens with at the same connection, as
   * they were last time: choices that a partner makes once. Nothing of the customer's own, nothing that says whose the
   * customer is, nothing that a person attests.
   */
  readonly remembered: readonly string[];
  /** The vendor's section of the form, empty. */
  readonly emptyInput: Json;
  lint(facts: CustomerFacts, input: Json, context: RequestContext): readonly LintFinding[];
  /** Of a vendor whose customers have services: the empty form of one, and its rules. Fields are `service.<field>`. */
  readonly services?: ServiceRules;
  /** Of a vendor where partners can be added: the empty form of one, and its rules. */
  readonly partners?: PartnerRules;
}
