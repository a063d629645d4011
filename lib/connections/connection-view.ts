import type { VendorKey } from '../vendors/vendor';
import type { TestReport } from './test-report';

/** What pages show of connections. Client-safe. Nothing here ever holds a secret. */

/** `failing`: usable, but its last test failed for another reason than a refused sign-in. Seen by the owner's side. */
export const connectionStates = ['ready', 'untested', 'failing', 'broken', 'disabled'] as const;
export type ConnectionState = (typeof connectionStates)[number];

export interface ConnectionRow {
  readonly connectionId: string;
  readonly vendor: VendorKey;
  readonly name: string;
  readonly ownerName: string;
  readonly shared: boolean;
  readonly sandbox: boolean;
  readonly state: ConnectionState;
  /** Since when it is broken or disabled, ISO. */
  readonly since: string | null;
  /** Only where the actor may read the settings; ISO. */
  readonly testedAt: string | null;
  readonly requestsPerSecond: number | null;
  readonly settingsVisible: boolean;
}

export interface ConnectionSettings {
  readonly baseUrl: string;
  readonly tokenUrl: string | null;
  readonly profile: string | null;
  readonly values: Readonly<Record<string, string>>;
  readonly requestsPerSecond: number | null;
  readonly timeoutMs: number;
  /** Fields that hold a secret and since when, ISO. */
  readonly secrets: readonly { readonly field: string; readonly setAt: string }[];
  readonly testedAt: string | null;
  readonly test: TestReport | null;
}

export interface ConnectionRecord {
  readonly connectionId: string;
  readonly version: number;
  readonly vendor: VendorKey;
  readonly name: string;
  readonly ownerPartnerId: string;
  readonly ownerName: string;
  readonly shared: boolean;
  readonly sandbox: boolean;
  readonly state: ConnectionState;
  readonly disabledAt: string | null;
  readonly brokenAt: string | null;
  /** Its vendor did not answer lately: nothing leaves before this instant, ISO; null when it works. */
  readonly restingUntil: string | null;
  readonly createdAt: string;
  /** Does the actor read the owner's branch, or only use what is shared from above? */
  readonly ownSide: boolean;
  readonly may: { readonly manage: boolean; readonly test: boolean; readonly map: boolean };
  /** Null for a partner below and for viewers. */
  readonly settings: ConnectionSettings | null;
}

export interface MappingRow {
  readonly mappingId: string;
  readonly version: number;
  readonly partnerId: string;
  readonly partnerName: string;
  readonly externalId: string;
  readonly externalName: string;
  /** The vendor was asked for the name; with an empty one beside it, it knows no such id. */
  readonly nameRead: boolean;
}
