import type { CustomerMatch } from './found-customer';
import type {
  CustomerFacts,
  Json,
  LintFinding,
  PlannedRequest,
  RequestContext,
  VendorCall,
  VendorOutcome,
} from './vendor';

/**
 * What a vendor is to the rest of Quayside that has partners of its own: a tree (Cove) or a list (Cloud Cockpit's
 * resellers). Client-safe: types only.
 */

/** A partner at the vendor, as a list of them shows it. */
export interface VendorPartnerNode {
  readonly vendorId: string;
  readonly name: string;
  /** The vendor's word for its level; empty where it knows none. */
  readonly level: string;
  /** The vendor's word for its state; null where it says none. */
  readonly state: string | null;
  /** What stands in the vendor's searchable slot, our key among others; null for nothing. */
  readonly key: string | null;
  /** How many are right below; 0 where the vendor knows no tree. */
  readonly children: number;
}

/** One partner at the vendor, in full. */
export interface VendorPartnerDetails extends VendorPartnerNode {
  /** Kinds of service that it may give to those below it, in the vendor's words; null where the vendor says none. */
  readonly gives: readonly string[] | null;
  /** What else the vendor says of it, in its words: `country`, `city`, `service`, `location` … */
  readonly facts: Readonly<Record<string, string>>;
  /** Those above it within the asker's reach, uppermost first. */
  readonly path: readonly Pick<VendorPartnerNode, 'vendorId' | 'name' | 'level'>[];
}

/** A stretch of the partners below one. */
export interface VendorPartnerPage {
  readonly rows: readonly VendorPartnerNode[];
  /** How many there are without a search; null while searched. */
  readonly total: number | null;
  /** Are there more after these? */
  readonly more: boolean;
}

export interface VendorPartnerQuery {
  /** The partner whose children are wanted; null for the uppermost within reach. */
  readonly parent: string | null;
  /** A part of the name, or what stands in the searchable slot; empty for all. */
  readonly search: string;
  /** How many to leave out at the beginning. */
  readonly offset: number;
  /** The mapping that the asking partner works through: nothing outside of it is answered. Null for the owner's side. */
  readonly mappingId: string | null;
}

/** The partner that a new one goes below, as the vendor showed it. */
export type PartnerParent = Pick<VendorPartnerDetails, 'vendorId' | 'name' | 'level' | 'state' | 'gives'>;

/** A partner found at the vendor that may be the one looked for. */
export interface FoundPartner {
  readonly vendorId: string;
  readonly name: string;
  readonly key: string | null;
  /** `key`: carries our correlation id exactly; a person must say about any other. */
  readonly match: CustomerMatch;
}

/** A partner as its form gives it. `input` is the vendor's section, parsed. */
export interface PartnerDraft {
  readonly facts: CustomerFacts;
  readonly input: Json;
  readonly context: RequestContext;
}

/** What the rules about a partner need besides the form; null while the parent is not known. */
export interface PartnerContext extends RequestContext {
  readonly parent: PartnerParent | null;
}

/** What a vendor with partners can do about them. */
export interface VendorPartners {
  /** The section as the form opens below `parent`: `emptyInput` of the rules, with what fits there. */
  startInput(parent: PartnerParent | null): Json;
  /** Parses the vendor's section and puts it below `parent`. Throws ZodError. */
  parseInput(value: unknown, parent: PartnerParent | null): Json;
  /** The name under which it will stand at the vendor. */
  nameOf(facts: CustomerFacts, input: Json): string;
  /** What its searchable slot will carry: our correlation id, unless a person typed something else. */
  keyOf(input: Json, context: RequestContext): string;
  /** Pure: the exact request; shown in the plan and sent unchanged. */
  toAddPartner(draft: PartnerDraft): PlannedRequest;
  /** Throws `NotSent` and whatever else `takeTurn` and `beforeEffect` throw; every answer of the vendor is an outcome. */
  addPartner(call: VendorCall, draft: PartnerDraft): Promise<VendorOutcome>;
  /** Reads only. Throws `VendorError` when the vendor could not be read. Null where `parent` is not within reach. */
  listPartners(call: VendorCall, query: VendorPartnerQuery): Promise<VendorPartnerPage | null>;
  /** Reads only: one partner within reach, or null; without an id the uppermost within reach, null where there is none. */
  getPartner(
    call: VendorCall,
    asked: { readonly vendorId: string | null; readonly mappingId: string | null },
  ): Promise<VendorPartnerDetails | null>;
  /** Reads only: by our key, then by its name. With a mapping in the context nothing outside of it is answered. */
  findPartners(call: VendorCall, draft: PartnerDraft): Promise<readonly FoundPartner[]>;
  /** A masked copy of a request's body. */
  mask(body: Json): Json;
}

/** The client-safe side: what the form and the pages need. */
export interface PartnerRules {
  /** Do partners stand below one another, or in one list? */
  readonly tree: boolean;
  readonly emptyInput: Json;
  lint(facts: CustomerFacts, input: Json, context: PartnerContext): readonly LintFinding[];
}
