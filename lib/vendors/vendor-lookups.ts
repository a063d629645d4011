import type { Json, VendorProblem } from './vendor';

/** What is read at a vendor for pickers, names and tests of a connection. Client-safe: types only. */

/** One choice of a picker that is filled from the vendor. `detail` is a second line; `data` what the form needs besides. */
export interface LookupOption {
  readonly value: string;
  readonly label: string;
  readonly detail: string | null;
  readonly data?: Json;
}

/** Something at the vendor that has an id and a name. */
export interface NamedAtVendor {
  readonly id: string;
  readonly name: string;
}

/** What a picker asks for. */
export interface LookupQuery {
  /** What was typed; empty for the first choices. */
  readonly search: string;
  /** For a tree that opens level by level: the value whose children are wanted; null for the top. */
  readonly parent: string | null;
  /** The mapping that the asking partner works through: nothing outside of it may be answered. Null for the owner's side. */
  readonly mappingId: string | null;
}

/** Which of five things failed when a connection was tested. */
export type ProbeResult =
  /** `seen` is a key below `vendor-errors.probe.ok`: `customers`, `no-customers` or `locations`. */
  | { readonly ok: true; readonly seen: string }
  | {
      readonly ok: false;
      readonly failed: 'network' | 'tls' | 'credentials' | 'permission' | 'contract';
      readonly problem: VendorProblem;
    };
