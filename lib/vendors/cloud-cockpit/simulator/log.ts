/** One request as the simulated vendor received it, whole. Never a token or a secret. */
export interface ReceivedRequest {
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly correlationId: string | null;
  readonly tenant: string | null;
  readonly internalIdentifier: string | null;
  readonly companyName: string | null;
  readonly bodyBytes: number;
  /** Did it change anything? */
  applied: boolean;
  /** The ending that was forced on it, or null. */
  ending: string | null;
  /** The status that was sent, or null when none was. */
  status: number | null;
  /** Number of the socket since the start, and of the request on it: tells fresh from reused. */
  readonly socket: number;
  readonly onSocket: number;
}
