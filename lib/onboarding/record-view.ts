import type { AttemptState, NextStep, Operation } from '../attempts/attempt';
import type { ExchangePurpose } from '../vendors/exchange';
import type { CustomerMatch } from '../vendors/found-customer';
import type { Json, VendorKey, VendorProblem, VendorRemark } from '../vendors/vendor';
import type { LookUpAnswer } from './look-up-schedule';
import type { SeenServices } from './seen-services';

/** The record of one onboarding as its page shows it. Client-safe. */

export interface ExchangeView {
  readonly id: string;
  readonly purpose: ExchangePurpose;
  /** With the call's own name where one address serves many: `POST AddPartner`. */
  readonly method: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly phase: string;
  readonly status: number | null;
  readonly failure: string | null;
  /** An error within an answer that is a 200 by its status: the vendor's code, and its words where they may be seen. */
  readonly refusal: { readonly code: string; readonly message: string | null } | null;
  readonly requestBytes: number;
  readonly responseBytes: number;
  /** Why there is no content: erased after its time, or the owner's alone, whether or not it is still there. */
  readonly withheld: 'erased' | 'owner' | null;
  readonly content: {
    readonly url: string;
    readonly requestHeaders: Json;
    readonly requestBody: Json;
    readonly responseHeaders: Json;
    readonly responseBody: Json;
  } | null;
}

/** What Quayside has looked up by itself about an attempt that became unknown, and when it looks again. */
export interface LookUpsView {
  /** How often it looked. */
  readonly done: number;
  readonly lastAt: string | null;
  readonly lastAnswer: LookUpAnswer | null;
  /** Null: not again, the schedule is over or the attempt is settled. */
  readonly nextAt: string | null;
  /** It should have looked a while ago: no worker has come to it. */
  readonly late: boolean;
  /** Has the vendor a slot for our key? Where not, no look-up settles anything. */
  readonly byKey: boolean;
  /** Of an added service, what the last look-up saw; null for everything else, and where it could not look. */
  readonly seen: SeenServices | null;
  /**
   * What the last look-up saw that does not carry our key; null where the actor may not see what travels over a shared
   * connection.
   */
  readonly candidates: readonly { readonly vendorId: string; readonly match: CustomerMatch }[] | null;
}

/** A partner that an attempt adds at the vendor. */
export interface AddedPartner {
  /** Its name at the vendor. */
  readonly name: string;
  /** The partner at the vendor that it goes below; null where the vendor knows no tree. */
  readonly parent: { readonly vendorId: string; readonly name: string } | null;
  /** The partner of ours that it was to be mapped to, and how that stands; null where none was chosen. */
  readonly mapTo: {
    readonly partnerId: string;
    readonly name: string;
    /** `waits`: the attempt has not succeeded. `lost`: it was not mapped, or is not any more. */
    readonly standing: 'waits' | 'mapped' | 'lost';
  } | null;
}

export interface AttemptView {
  readonly attemptId: string;
  readonly connectionId: string;
  readonly connectionName: string;
  /** Partner that owns the connection. */
  readonly ownerName: string;
  readonly vendor: VendorKey;
  readonly operation: Operation;
  /** The product of an added service, by the vendor's name; null for other operations, and when erased. */
  readonly service: string | null;
  /** What was added, of an added partner; null for other operations, and when erased. */
  readonly partner: AddedPartner | null;
  readonly state: AttemptState;
  /** `never-sent`, `customer-refused`, a problem's kind, or null. */
  readonly reason: string | null;
  readonly problem: VendorProblem | null;
  /** "Created, but …": what the vendor did differently from what was asked, where it succeeded. */
  readonly remark: VendorRemark | null;
  readonly nextStep: NextStep;
  readonly retryOf: string | null;
  readonly retriedBy: string | null;
  /** The customer's attempt that a service waits, or waited, for; null where it needs none. */
  readonly waitsFor: {
    readonly attemptId: string;
    readonly state: AttemptState;
    readonly contradicted: boolean;
  } | null;
  /** When the customer was there, and the service could be sent. */
  readonly releasedAt: string | null;
  /** The refused customer's attempt whose retry takes this service along; null: it is tried again in a form of its own. */
  readonly takenAlongBy: string | null;
  readonly vendorId: string | null;
  readonly vendorCorrelationId: string | null;
  readonly mappingId: string | null;
  readonly profile: string | null;
  readonly openedAt: string;
  readonly sentAt: string | null;
  readonly closedAt: string | null;
  readonly deadline: string;
  /** The whole, from opening (or release) to outcome, in milliseconds; null while open. */
  readonly tookMs: number | null;
  /** The requests of its create, in milliseconds; null where none left. */
  readonly vendorMs: number | null;
  readonly actorName: string;
  readonly actorRole: string;
  readonly actorPartner: string;
  readonly settlement: {
    readonly how: 'look-up' | 'by-hand';
    readonly at: string;
    readonly by: string;
    readonly note: string | null;
  } | null;
  readonly contradicted: boolean;
  /** Null where none was made and none is due. */
  readonly lookUps: LookUpsView | null;
  readonly payloadHash: string;
  /** Exactly what was planned to be sent, masked; null when erased. */
  readonly request: Json;
  readonly exchanges: readonly ExchangeView[];
  readonly may: {
    readonly check: boolean;
    readonly retry: boolean;
    readonly settleByHand: boolean;
    readonly adopt: boolean;
  };
}

export interface OnboardingRecord {
  readonly correlationId: string;
  readonly openedAt: string;
  readonly actorName: string;
  readonly actorRole: string;
  readonly actorPartner: string;
  readonly planHash: string;
  /** What it is about: the customer's name, or that of a partner at a vendor; empty when erased. */
  readonly name: string;
  /** Null for a partner at a vendor, which is nobody's customer. */
  readonly customer: { readonly customerId: string; readonly name: string; readonly country: string } | null;
  readonly partner: { readonly partnerId: string; readonly name: string };
  readonly counts: Readonly<Record<AttemptState, number>>;
  /** Newest try per connection first in reading order; retries beside their origin. */
  readonly attempts: readonly AttemptView[];
  /** Anything still pending or sent: the page polls. */
  readonly live: boolean;
  readonly sandbox: boolean;
}

/** What the vendor has that a refusal "already exists" may speak of. */
export interface AdoptionCandidates {
  readonly found: readonly {
    readonly vendorId: string;
    readonly name: string;
    readonly country: string | null;
    readonly email: string | null;
    readonly match: CustomerMatch;
    /** The customer of ours that has this id already: it cannot be adopted twice. */
    readonly linkedTo: string | null;
  }[];
  /** Something like it exists where the actor may not look. */
  readonly elsewhere: boolean;
  /** Why the vendor could not be read, or null. */
  readonly problem: VendorProblem | null;
  /** When it was read, ISO. */
  readonly readAt: string;
}

/** What a look-up of an unknown attempt found. */
export type CheckAnswer =
  | { readonly kind: 'settled'; readonly state: 'succeeded' | 'refused' }
  | {
      readonly kind: 'not-found-yet';
      readonly found: readonly { readonly vendorId: string; readonly name: string; readonly country: string | null }[];
    }
  /** Of an added service, which carries no key of ours: what the vendor shows of the same product, and what it showed before. */
  | {
      readonly kind: 'service';
      readonly name: string;
      readonly there: readonly Readonly<Record<string, string>>[];
      readonly before: number | null;
    }
  | { readonly kind: 'failed'; readonly problem: VendorProblem }
  | { readonly kind: 'already-settled' };
