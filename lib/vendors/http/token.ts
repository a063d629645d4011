import 'server-only';

import type { VendorCall } from '../vendor';
import { fingerprint, type VendorHttp } from './client';
import { maxTries, repeat } from './retry';
import { requestToken, type TokenGrant, type TokenReply } from './token-request';
import { VendorError } from './vendor-error';

export type { TokenGrant } from './token-request';

interface Entry {
  readonly fingerprint: string;
  readonly token: Promise<string>;
  /** Changes for the next token, where the vendor gave one; known once the token is. */
  refreshToken: string | null;
  /** Did this token come of a refresh? Then one that is refused all the same is followed by a sign-in. */
  refreshed: boolean;
  /** Epoch milliseconds from which the token is fetched anew; infinite while it is being fetched. */
  refreshAtMs: number;
}

/** A token is renewed this long before it ends, or at four fifths of a short life. */
const earlyMs = 60_000;

/**
 * OAuth 2.0 client-credentials tokens, one per connection and version (RFC 6749, 4.4). However many calls ask at once,
 * one request leaves; it belongs to no single call, so a caller that gives up does not take it from the others. A vendor
 * that gives refresh tokens (`TokenGrant.dialect`) is asked with the newest of them first.
 */
export class TokenCache {
  readonly #http: VendorHttp;
  readonly #entries = new Map<string, Entry>();

  constructor(http: VendorHttp) {
    this.#http = http;
  }

  /**
   * A bearer token that is good for a while yet. The sign-in's exchange is recorded with the call that started it.
   * @throws VendorError; a refused sign-in is `forbidden` with the message `sign-in-refused` and is never repeated
   */
  async get(call: VendorCall, grant: TokenGrant): Promise<string> {
    const { connectionId } = call.connection;
    const print = fingerprint(
      String(call.connection.version),
      grant.tokenUrl.href,
      grant.clientId,
      grant.clientSecret,
      grant.scope,
    );
    const kept = this.#entries.get(connectionId);
    if (kept !== undefined && kept.fingerprint === print && this.#http.clock.now() < kept.refreshAtMs) {
      try {
        return await raceSignal(kept.token, call.signal, grant);
      } catch (error) {
        // The caller that started the sign-in fell away before it left (its turn never came): this one takes over.
        if (error instanceof VendorError || call.signal.aborted) throw error;
        if (this.#entries.get(connectionId) !== kept) return this.get(call, grant);
      }
    }
    const askedAtMs = this.#http.clock.now();
    const fetched = this.#fetch(call, grant, kept?.fingerprint === print ? kept.refreshToken : null);
    const entry: Entry = {
      fingerprint: print,
      token: fetched.then(({ reply }) => reply.access_token),
      refreshToken: null,
      refreshed: false,
      refreshAtMs: Number.POSITIVE_INFINITY,
    };
    this.#entries.set(connectionId, entry);
    fetched.then(
      ({ reply, refreshed }) => {
        const lifeMs = reply.expires_in * 1000;
        entry.refreshToken = reply.refresh_token;
        entry.refreshed = refreshed;
        entry.refreshAtMs = askedAtMs + lifeMs - Math.min(earlyMs, lifeMs / 5);
      },
      () => {
        if (this.#entries.get(connectionId) === entry) this.#entries.delete(connectionId);
      },
    );
    return raceSignal(entry.token, call.signal, grant);
  }

  /** Forgets a token that the vendor answered with 401, unless a newer one took its place meanwhile. */
  async invalidate(connectionId: string, token: string): Promise<void> {
    const entry = this.#entries.get(connectionId);
    if (entry === undefined) return;
    const current = await entry.token.catch(() => null);
    if (current !== token || this.#entries.get(connectionId) !== entry) return;
    // Stays for its refresh token alone. After a refresh that did not help, only a sign-in can.
    if (entry.refreshed) entry.refreshToken = null;
    entry.refreshAtMs = 0;
  }

  /** Forgets the token of a connection, so that the next call signs in anew (used by the connection test). */
  forget(connectionId: string): void {
    this.#entries.delete(connectionId);
  }

  async #fetch(call: VendorCall, grant: TokenGrant, refreshToken: string | null): Promise<Fetched> {
    // Not the first caller's signal: others wait for the same token. The request's own timeout still ends it.
    const shared: VendorCall = {
      connection: call.connection,
      correlationId: call.correlationId,
      attemptId: call.attemptId,
      signal: AbortSignal.timeout(call.connection.timeoutMs * maxTries),
      initialSecrets: {},
      recordExchange: (recorded) => call.recordExchange(recorded),
      takeTurn: () => call.takeTurn(),
      beforeEffect: () => Promise.reject(new Error('A sign-in takes no effect')),
    };
    const ask = async (refresh: string | null): Promise<Fetched> => {
      const budget = this.#http.budgets.of(call.connection.connectionId);
      const { value } = await repeat(
        { signal: shared.signal, canTakeEffect: false, clock: this.#http.clock, budget },
        () => requestToken(this.#http, shared, { grant, refreshToken: refresh }),
      );
      return { reply: value, refreshed: refresh !== null };
    };
    if (grant.dialect === undefined || refreshToken === null) return ask(null);
    try {
      return await ask(refreshToken);
    } catch (error) {
      // Refused, or answered in a way that gives no token: the client id and secret are asked instead.
      const answered = error instanceof VendorError && error.problem.status !== null;
      if (answered && error.problem.kind !== 'rate-limited') return ask(null);
      throw error;
    }
  }
}

interface Fetched {
  readonly reply: TokenReply;
  readonly refreshed: boolean;
}

/**
 * Waits for a shared token, or a shared session, no longer than this caller may.
 * @throws VendorError `timeout` when the caller's signal aborts first; whatever the shared promise throws
 */
export async function raceSignal<T>(
  token: Promise<T>,
  signal: AbortSignal,
  grant: { readonly vendor: string },
): Promise<T> {
  if (!signal.aborted) {
    const gaveUp = Symbol('gave up');
    let onAbort = () => {};
    const aborted = new Promise<typeof gaveUp>((resolve) => {
      onAbort = () => resolve(gaveUp);
      signal.addEventListener('abort', onAbort, { once: true });
    });
    try {
      const first = await Promise.race([token, aborted]);
      if (first !== gaveUp) return first;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }
  token.catch(() => undefined);
  throw new VendorError({
    kind: 'timeout',
    effect: 'none',
    status: null,
    message: 'timeout',
    params: {
      vendor: grant.vendor,
      step: 'token',
      effect: 'none',
      status: 'none',
      reason: 'timeout',
      retryAfter: 'none',
    },
    fieldErrors: [],
    vendorType: null,
    vendorDescription: null,
    vendorCorrelationId: null,
    retryAfterSeconds: null,
    retryable: true,
  });
}
