import 'server-only';

import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { ExchangePurpose } from '../exchange';
import type { FieldError, Json, VendorCall, VendorErrorKind, VendorProblem } from '../vendor';
import { classify, type Ending, retryAfterSeconds } from './classify';
import { exchange, type WireOutcome, type WireRequest } from './exchange';
import { parseVendorUrl } from './guard-address';
import { type PoolOptions, VendorPools } from './pools';
import { type AllowList, describeBody, parseJson, redact, redactHeaders, redactUrl, scrub } from './redact';
import { toRefusalInside } from './refusal-inside';
import { requestIdOf } from './request-id';
import { type Clock, systemClock } from './retry';
import { RetryBudgets } from './retry-budget';
import { VendorError } from './vendor-error';

/** A schema of zod or zod/mini. */
export interface Parser<T> {
  safeParse(value: unknown): { readonly success: true; readonly data: T } | { readonly success: false };
}

export interface VendorRequest<T> {
  /** The vendor's name as shown in sentences. */
  readonly vendor: string;
  readonly purpose: ExchangePurpose;
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: { readonly json: Json } | { readonly form: Readonly<Record<string, string>> } | null;
  /** Can this request take effect at the vendor? Then `beforeEffect` is awaited right before it leaves. */
  readonly canTakeEffect: boolean;
  /** The statuses and the body that count as the vendor's yes. `bareText`: a body that is no JSON is read as a string. */
  readonly reply: { readonly statuses: readonly number[]; readonly schema: Parser<T>; readonly bareText?: boolean };
  readonly keep: {
    readonly query?: readonly string[];
    readonly request?: AllowList;
    readonly reply?: AllowList;
    readonly refusal?: AllowList;
  };
  /** What the record holds of a good answer, instead of the masked body: a page of other people's customers has no place there. */
  readonly record?: (reply: T) => Json;
  /** Reads the vendor's own words out of an answer that is not a yes. */
  readonly readRefusal?: (answer: { readonly status: number; readonly body: unknown }) => Partial<RefusalWords>;
  /** Name of the call, where one address serves many: stands after the HTTP method in the record. */
  readonly name?: string;
  /** The vendor's code of a refusal within an answer that fits the contract; null when it is a yes. */
  readonly refusalInside?: (reply: T) => string | null;
  /** Values that must not survive in a kept string (client secret, token). */
  readonly secrets: readonly string[];
  /** Longest answer that is read, in bytes, where a vendor's lists come whole; absent: `maxReplyBytes`. */
  readonly maxReplyBytes?: number;
}

/** The vendor's words in a refusal. `kind` overrides the verdict by status where the vendor has a code of its own. */
export interface RefusalWords {
  readonly type: string | null;
  readonly description: string | null;
  readonly correlationId: string | null;
  readonly fieldErrors: readonly FieldError[];
  readonly kind: Extract<VendorErrorKind, 'already-exists' | 'forbidden' | 'rate-limited' | 'rejected'>;
  readonly message: string;
}

export interface VendorReply<T> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: T;
}

/** Longest answer that is read, in bytes, unless a request says otherwise. */
export const maxReplyBytes = 1024 * 1024;

const keptRequestHeaders = ['accept', 'content-type', 'x-tenant', 'x-correlation-id'];
const keptReplyHeaders = [
  'content-type',
  'content-length',
  'date',
  'retry-after',
  'server',
  'x-correlation-id',
  'x-request-id',
  'request-id',
  'x-ms-request-id',
];

/** The one HTTP client for vendors: sockets kept per connection, one exchange at a time, everything recorded. */
export class VendorHttp {
  readonly clock: Clock;
  /** What each connection may still repeat. */
  readonly budgets = new RetryBudgets();
  readonly #pools: VendorPools;
  // The *sent* mark is committed once per attempt, and an attempt is one `VendorCall`.
  readonly #marked = new WeakSet<VendorCall>();

  constructor(options: { readonly clock?: Clock } & PoolOptions = {}) {
    this.clock = options.clock ?? systemClock;
    this.#pools = new VendorPools(options);
  }

  /** Closes all sockets after their open requests. */
  close(): Promise<void> {
    return this.#pools.close();
  }

  /**
   * Sends one request once, records the exchange, and returns the parsed reply. Waits for the connection's turn first,
   * and commits the *sent* mark right before a request that can take effect.
   * @throws VendorError for anything but a yes that fits the contract; `NotSent` as thrown by `beforeEffect`
   */
  async send<T>(call: VendorCall, request: VendorRequest<T>): Promise<VendorReply<T>> {
    const { connection } = call;
    const bodyBytes = toBytes(request.body);
    const wire: WireRequest = {
      method: request.method,
      path: request.url.pathname + request.url.search,
      headers: { accept: 'application/json', ...contentType(request.body), ...request.headers },
      body: bodyBytes,
    };
    const settings = { sandbox: connection.sandbox, purpose: 'token' as const };
    const allowed = parseVendorUrl(request.url.href, settings).ok;
    if (allowed && !call.signal.aborted) {
      await this.#turn(call, request);
    }

    const startedAt = new Date(this.clock.now());
    const begunMs = performance.now();
    const outcome = allowed
      ? await exchange(this.#pools.get(connection, request.url.origin), wire, {
          timeoutMs: connection.timeoutMs,
          signal: call.signal,
          maxBytes: request.maxReplyBytes ?? maxReplyBytes,
        })
      : addressNotAllowed;
    const durationMs = performance.now() - begunMs;

    const read = readBody(outcome, request);
    const ending: Ending = outcome.ending ?? { ended: 'answered', status: outcome.status ?? 0, fits: read.fits };
    const inside = read.fits ? (request.refusalInside?.(read.value) ?? null) : null;
    call.recordExchange({
      purpose: request.purpose,
      method: request.name === undefined ? request.method : `${request.method} ${request.name}`,
      url: redactUrl(request.url, request.keep.query ?? [], request.secrets),
      startedAt,
      durationMs: Math.round(durationMs * 10) / 10,
      phase: outcome.phase,
      status: outcome.status,
      failure: outcome.failure ?? (inside === null ? null : toRefusalInside(inside)),
      requestHeaders: redactHeaders(wire.headers, keptRequestHeaders, request.secrets),
      requestBody: maskRequestBody(request),
      requestBytes: bodyBytes?.length ?? 0,
      responseHeaders: redactHeaders(outcome.headers, keptReplyHeaders, request.secrets),
      responseBody: maskReplyBody(outcome, request, read),
      responseBytes: outcome.bytes.length,
    });

    if (read.fits && outcome.ending === null && outcome.status !== null) {
      const headers = redactHeaders(outcome.headers, keptReplyHeaders, request.secrets);
      return { status: outcome.status, headers, value: read.value };
    }
    throw new VendorError(
      this.#toProblem(request, ending, { headers: outcome.headers, body: read.body, ours: call.correlationId }),
    );
  }

  async #turn<T>(call: VendorCall, request: VendorRequest<T>): Promise<void> {
    try {
      await call.takeTurn();
    } catch (error) {
      // The deadline passed in the queue: the exchange below sees the aborted signal and records that nothing left.
      if (!call.signal.aborted) throw error;
      return;
    }
    if (request.canTakeEffect && !this.#marked.has(call)) {
      await call.beforeEffect();
      this.#marked.add(call);
    }
  }

  #toProblem<T>(
    request: VendorRequest<T>,
    ending: Ending,
    { headers, body, ours }: { headers: IncomingHttpHeaders; body: unknown; ours: string },
  ): VendorProblem {
    const verdict = classify(ending, request);
    if (verdict === null) throw new Error('A success has no problem');
    const status = 'status' in ending ? ending.status : null;
    const words = status === null ? {} : (request.readRefusal?.({ status, body }) ?? {});
    // The vendor's own code sharpens a refusal; it never turns "we cannot tell" into a no.
    const own = verdict.kind === 'rejected' ? words.kind : undefined;
    const kind = own ?? verdict.kind;
    const clean = (text: string | null | undefined) =>
      text == null ? null : scrub(text, request.secrets).slice(0, 2000);
    const effect = own === 'already-exists' ? 'earlier' : verdict.effect;
    const waitSeconds = retryAfterSeconds(headers['retry-after'] ?? null, this.clock.now());
    return {
      kind,
      effect,
      status,
      message: own === undefined ? kind : (words.message ?? kind),
      params: {
        vendor: request.vendor,
        step: request.purpose,
        effect,
        status: status === null ? 'none' : String(status),
        reason: 'reason' in ending ? ending.reason : 'none',
        retryAfter: waitSeconds === null ? 'none' : String(waitSeconds),
      },
      fieldErrors: (words.fieldErrors ?? []).map((error) => ({
        field: error.field,
        vendorField: clean(error.vendorField),
        messages: error.messages.map((message) => scrub(message, request.secrets).slice(0, 2000)),
      })),
      vendorType: clean(words.type),
      vendorDescription: clean(words.description),
      vendorCorrelationId: clean(words.correlationId ?? requestIdOf(headers, ours)),
      retryAfterSeconds: waitSeconds,
      retryable: own === undefined ? verdict.retryable : own === 'rate-limited',
    };
  }
}

const addressNotAllowed: WireOutcome = {
  phase: 'not-connected',
  status: null,
  headers: {},
  bytes: Buffer.alloc(0),
  failure: 'QUAYSIDE_ADDRESS_REFUSED',
  ending: { ended: 'not-sent', reason: 'address' },
};

function toBytes(body: VendorRequest<unknown>['body']): Buffer | null {
  if (body === null) return null;
  return Buffer.from('json' in body ? JSON.stringify(body.json) : new URLSearchParams(body.form).toString());
}

function contentType(body: VendorRequest<unknown>['body']): Record<string, string> {
  if (body === null) return {};
  return { 'content-type': 'json' in body ? 'application/json' : 'application/x-www-form-urlencoded' };
}

type ReadBody<T> =
  | { readonly fits: true; readonly value: T; readonly body: unknown; readonly json: boolean }
  | { readonly fits: false; readonly body: unknown; readonly json: boolean };

/**
 * The body decides, not its label: JSON that fits the contract is taken under any content type, as vendors mislabel it,
 * and a page of HTML fits no contract however it is labelled.
 */
function readBody<T>(outcome: WireOutcome, request: VendorRequest<T>): ReadBody<T> {
  if (outcome.status === null || outcome.ending !== null) return { fits: false, body: undefined, json: false };
  const text = outcome.bytes.toString('utf8').replace(/^\uFEFF/, '');
  const parsed = parseJson(text);
  const { statuses, schema, bareText } = request.reply;
  const body: unknown = parsed.ok ? parsed.value : bareText === true ? text.trim() : undefined;
  if (!statuses.includes(outcome.status)) return { fits: false, body, json: parsed.ok };
  const result = schema.safeParse(body);
  if (!result.success) return { fits: false, body, json: parsed.ok };
  return { fits: true, value: result.data, body, json: true };
}

const nothingKept: AllowList = { root: { keep: false, keys: new Map(), items: null, json: null } };

function maskRequestBody<T>(request: VendorRequest<T>): Json {
  if (request.body === null) return null;
  const body: unknown = 'json' in request.body ? request.body.json : request.body.form;
  return redact(body, request.keep.request ?? nothingKept, request.secrets);
}

function maskReplyBody<T>(outcome: WireOutcome, request: VendorRequest<T>, read: ReadBody<T>): Json {
  if (outcome.status === null) return null;
  if (read.fits) {
    return request.record?.(read.value) ?? redact(read.body, request.keep.reply ?? nothingKept, request.secrets);
  }
  if (outcome.bytes.length === 0 && outcome.ending === null) return null;
  if (read.json) return redact(read.body, request.keep.refusal ?? nothingKept, request.secrets);
  const contentTypeOf = outcome.headers['content-type'];
  return describeBody(outcome.bytes, contentTypeOf ?? null, { cut: outcome.ending !== null });
}

/** A secret's fingerprint, to notice that it changed without keeping it. */
export function fingerprint(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}
