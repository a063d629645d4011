import type { SimulatorClock } from './clock';
import type { Fault, OwnEndings } from './faults';
import type { ApiAnswer, ApiRequest } from './request';

/** What a request came to before any fault: the answer, and the change it makes when it is let through. */
export interface Handled {
  readonly answer: ApiAnswer;
  /** Null for reads and refusals. The change shows in reads from that instant of the vendor's clock on. */
  readonly apply: ((visibleFromMs: number) => void) | null;
}

/** A vendor in miniature, without sockets: written from its documentation. */
export interface SimulatedVendor<Own extends string = never> {
  readonly own: OwnEndings<Own>;
  readonly clock: SimulatorClock;
  /** Is it a sign-in? */
  isToken(request: ApiRequest): boolean;
  handle(request: ApiRequest): Handled;
  /** Of a request that may take effect: the name in which `sim:<ending>` may stand, and what tells it from others; null for any other request. */
  effectOf(request: ApiRequest): { readonly name: string; readonly identifier: string } | null;
  /** What the log keeps of a request besides the common facts. Never a token or a secret. */
  note(request: ApiRequest): Readonly<Record<string, string | number | null>>;
  /**
   * The vendor's words for an ending: `refuse`, `conflict`, `unauthorized`, `expire-token`, `forbidden`, `not-found`,
   * `error-before`, `error-after`, `wrong-shape` and its own. Null: the common answer.
   */
  say(fault: Fault<Own>, good: ApiAnswer, about: { readonly isToken: boolean }): ApiAnswer | null;
  revokeTokens(): void;
  /** What `/__control/state` shows. */
  state(): unknown;
  /** Back to the initial data. */
  reset(): void;
  /** A control of its own below `/__control/`, such as `POST remove-customer`; null for none of that name. */
  control?(action: string, body: unknown): ApiAnswer | null;
}
