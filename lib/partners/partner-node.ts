/** One partner as the tree shows it. Client-safe: types and pure rules only. */

export const partnerKinds = ['host', 'csp', 'reseller'] as const;
export type PartnerKind = (typeof partnerKinds)[number];

export interface PartnerNode {
  readonly partnerId: string;
  readonly name: string;
  readonly kind: PartnerKind;
  /** Partners right below. */
  readonly children: number;
  readonly disabled: boolean;
}

/** A stretch of one level: children of a partner by name. */
export interface LevelPage {
  /** Place of the first node among all siblings, from 0. */
  readonly start: number;
  /** How many siblings there are. */
  readonly total: number;
  readonly nodes: readonly PartnerNode[];
}

/** A level that is loaded: whose children, and the stretch. The uppermost partners in sight stand under null. */
export interface Level extends LevelPage {
  readonly parentId: string | null;
}

/** The tree as a page begins with it: the levels down to the chosen partner, the rest is loaded when it is opened. */
export interface TreeStart {
  readonly levels: readonly Level[];
  /** Partners on the way to the chosen one: open from the start. */
  readonly opened: readonly string[];
  /** Another one whenever something in the tree has changed. */
  readonly stamp: string;
}

/** A partner that a search found, with the way to it. */
export interface FoundPartner {
  readonly partnerId: string;
  readonly name: string;
  readonly key: string;
  readonly kind: PartnerKind;
  /** Names of the partners above in sight, uppermost first. */
  readonly above: readonly string[];
}

/** The kinds of partner that can be added below one. A CSP stands right below the host; resellers stand anywhere. */
export function kindsBelow(kind: PartnerKind): readonly Exclude<PartnerKind, 'host'>[] {
  return kind === 'host' ? ['csp', 'reseller'] : ['reseller'];
}
