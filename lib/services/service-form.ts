import type { Json, VendorKey, VendorProblem } from '../vendors/vendor';
import type { KnownServices } from './service-plan-view';

/** What the form of a service starts with. Client-safe. */
export interface ServiceForm {
  readonly customer: { readonly customerId: string; readonly name: string };
  readonly connection: {
    readonly connectionId: string;
    readonly name: string;
    readonly vendor: VendorKey;
    readonly profile: string | null;
    readonly sandbox: boolean;
  };
  readonly input: Json;
  readonly known: KnownServices;
  /** The refused attempt that is tried again, with its onboarding and what the vendor said. */
  readonly retry: {
    readonly attemptId: string;
    readonly correlationId: string;
    readonly problem: VendorProblem | null;
  } | null;
}
