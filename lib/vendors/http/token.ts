import 'server-only';

import type { VendorCall } from '../vendor';
import { fingerprint, type Parser, type VendorHttp, type VendorReply } from './client';
import { allowList } from './redact';
import { maxTries, repeat } from './retry';
import { VendorError } from './vendor-error';

export interface TokenGrant {
  readonly vendor: string;
  readonly tokenUrl: URL;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: string;
}

interface TokenReply {
  readonly access_token: string;
  readonly expires_in: number;
}

interface Entry {
  readonly fingerprint: string;
  readonly token: Promise<string>;
  /** Epoch milliseconds from which the token is fetched anew; infinite while it is being fetched. */
  refreshAtMs: number;
}

/** A token is renewed this long before it ends, or at four fifths of a short life. */
const earlyMs = 60_000;

const requestList = allowList(['grant_type', 'client_id', 'scope', '-client_secret']);
const replyList = allowList(['token_type', 'expires_in', 'ext_expires_in', '-access_token', '-refresh_token']);
// Entra's error: what support asks for. The description is kept because secrets are scrubbed from every kept string.
const refusalList = allowList([
  'error',
  'error_description',
  'error_codes[]',
  'timestamp',
  'trace_id',
  'correlation_id',
  'suberror',
]);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const tokenReply: Parser<TokenReply> = {
  safeParse(value) {
    if (!isRecord(value)) return { success: false };
    const { access_token, expires_in, token_type } = value;
    const life = typeof expires_in === 'string' ? Number(expires_in) : expires_in;
    const isToken = typeof access_token === 'string' && /^[\x21-\x7e]{1,16384}$/.test(access_token);
    if (!isToken || typeof life !== 'number' || !(life > 0 && life < 1e8)) return { success: false };
    if (typeof token_type === 'string' && token_type.toLowerCase() !== 'bearer') return { success: false };
    return { success: true, data: { access_token, expires_in: life } };
  },
};

/**
 * OAuth 2.0 client-credentials tokens, one per connection and version (RFC 6749, 4.4). However many calls ask at once,
 * one request leaves; it belongs to no single call, so a caller that gives up does not take it from the others.
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
    const fetched = this.#fetch(call, grant);
    const entry: Entry = {
      fingerprint: print,
      token: fetched.then((reply) => reply.access_token),
      refreshAtMs: Number.POSITIVE_INFINITY,
    };
    this.#entries.set(connectionId, entry);
    fetched.then(
      (reply) => {
        const lifeMs = reply.expires_in * 1000;
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
    if (current === token && this.#entries.get(connectionId) === entry) this.#entries.delete(connectionId);
  }

  /** Forgets the token of a connection, so that the next call signs in anew (used by the connection test). */
  forget(connectionId: string): void {
    this.#entries.delete(connectionId);
  }

  async #fetch(call: VendorCall, grant: TokenGrant): Promise<TokenReply> {
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
    const reply = await repeat({ signal: shared.signal, canTakeEffect: false, clock: this.#http.clock }, () =>
      this.#ask(shared, grant),
    );
    return reply.value;
  }

  // POST {tokenUrl}, application/x-www-form-urlencoded (vendor-apis.md 2.2)
  async #ask(call: VendorCall, grant: TokenGrant): Promise<VendorReply<TokenReply>> {
    try {
      return await this.#http.send(call, {
        vendor: grant.vendor,
        purpose: 'token',
        method: 'POST',
        url: grant.tokenUrl,
        headers: {},
        body: {
          form: {
            grant_type: 'client_credentials',
            client_id: grant.clientId,
            client_secret: grant.clientSecret,
            scope: grant.scope,
          },
        },
        canTakeEffect: false,
        reply: { statuses: [200], schema: tokenReply },
        keep: { query: ['p'], request: requestList, reply: replyList, refusal: refusalList },
        readRefusal: readTokenRefusal,
        secrets: [grant.clientSecret],
      });
    } catch (error) {
      throw error instanceof VendorError ? asSignInProblem(error) : error;
    }
  }
}

function readTokenRefusal({ body }: { readonly body: unknown }) {
  if (!isRecord(body)) return {};
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return {
    type: text(body.error),
    description: text(body.error_description),
    correlationId: text(body.correlation_id) ?? text(body.trace_id),
  };
}

/** A sign-in that was turned away is final; a token endpoint that is none breaks the contract. */
function asSignInProblem(error: VendorError): VendorError {
  const { problem } = error;
  const refused = problem.status === 400 || problem.status === 401 || problem.status === 403;
  if (refused) {
    return new VendorError({ ...problem, kind: 'forbidden', message: 'sign-in-refused', retryable: false }, error);
  }
  if (problem.kind === 'rejected') {
    return new VendorError(
      { ...problem, kind: 'invalid-reply', message: 'sign-in-elsewhere', retryable: false },
      error,
    );
  }
  return error;
}

/** Waits for a shared token no longer than this caller may. */
async function raceSignal(token: Promise<string>, signal: AbortSignal, grant: TokenGrant): Promise<string> {
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
