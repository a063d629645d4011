/**
 * How an answer can end badly, or merely oddly. Chosen by control (`POST /__control/faults`, `control.setFault`) or by
 * input: a company name that contains `sim:<ending>`, optionally with a number: "Zeus sim:refuse", "Zeus sim:delay-3000"
 * (milliseconds), "Zeus sim:rate-limit-2" (seconds of Retry-After), "Zeus sim:lag-5000". By input an ending befalls every
 * create of that name, `unauthorized` only the first of each internal identifier.
 */
export const endings = [
  'refuse', // 400 with field errors; at the token endpoint 401 invalid_client
  'conflict', // 409 with "already exists"
  'unauthorized', // 401 without a body, as on a token that was revoked meanwhile
  'forbidden', // 403 without a body
  'not-found', // 404 with an envelope
  'rate-limit', // 429 with Retry-After
  'rate-limit-bare', // 429 without
  'request-timeout', // 408
  'error-before', // 500, nothing applied
  'error-after', // 500, applied
  'unavailable', // 503, nothing applied
  'html', // 200 with a page of HTML, applied
  'empty', // 201 without a body, applied
  'half-body', // 201, Content-Length lies, the socket is cut, applied
  'truncated', // 201 with JSON that breaks off, applied
  'wrong-type', // 201 with the right body under text/html, applied
  'wrong-shape', // 201 with an object instead of a string, applied
  'reset-before', // the socket is reset once the request is read, nothing applied
  'reset-after', // applied, then reset
  'hang', // no answer, nothing applied
  'hang-after', // applied, no answer
  'delay', // applied and answered, after a while
  'lag', // applied and answered; reads do not see it for a while
  'redirect', // 302 to elsewhere, nothing applied
  'huge', // 201 with 10 MB, applied
  'bare-id', // 201, text/plain, uuid without quotes, applied
  'quoted-id', // 201, application/json (the usual answer)
  'status-200', // 200 instead of 201, applied
  'expire-token', // 401, and every token is revoked
  'garbled', // bytes that are no HTTP, nothing applied
] as const;
export type SimulatedEnding = (typeof endings)[number];

export interface Fault {
  readonly ending: SimulatedEnding;
  readonly method?: string;
  /** Part of the path, without regard to case; `token` is the token endpoint. */
  readonly path?: string;
  readonly header?: { readonly name: string; readonly contains: string };
  /** Matching requests that pass unharmed first. */
  readonly after?: number;
  /** How often it strikes; null for ever. Default 1. */
  readonly times?: number | null;
  /** For `delay`, `lag`. Default 1,000. */
  readonly delayMs?: number;
  /** For any ending that applies: reads do not see it for this long (milliseconds). */
  readonly lagMs?: number;
  /** For `rate-limit`: seconds or an HTTP-date. Default `1`. */
  readonly retryAfter?: string;
  /** For `huge`. Default 10 MB. */
  readonly bytes?: number;
  /** For `refuse`: the field errors of the envelope. */
  readonly errors?: readonly { readonly propertyName: string | null; readonly description: readonly string[] | null }[];
  /** For `refuse`, `conflict`: the envelope's description. */
  readonly description?: string;
}

export interface FaultedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

interface Armed {
  readonly fault: Fault;
  passed: number;
  struck: number;
}

/** The faults in force, tried in the order they were set; the first that fits strikes. */
export class Faults {
  #armed: Armed[] = [];
  readonly #onceByInput = new Set<string>();

  set(...faults: readonly Fault[]): void {
    this.#armed.push(...faults.map((fault) => ({ fault, passed: 0, struck: 0 })));
  }

  clear(): void {
    this.#armed = [];
    this.#onceByInput.clear();
  }

  strike(request: FaultedRequest): Fault | null {
    for (const armed of this.#armed) {
      const { fault } = armed;
      const times = fault.times === undefined ? 1 : fault.times;
      if ((times !== null && armed.struck >= times) || !matches(fault, request)) continue;
      if (armed.passed < (fault.after ?? 0)) {
        armed.passed += 1;
        continue;
      }
      armed.struck += 1;
      return fault;
    }
    return null;
  }

  /** The ending that a company name asks for. */
  byName(companyName: string, identifier: string): Fault | null {
    const match = /\bsim:([a-z-]+?)(?:-(\d{1,6}))?(?![a-z-])/i.exec(companyName);
    const word = match?.[1]?.toLowerCase();
    const ending = endings.find((one) => one === word || one === `${word}-${match?.[2]}`);
    if (ending === undefined) return null;
    if (ending === 'unauthorized' || ending === 'expire-token') {
      if (this.#onceByInput.has(identifier)) return null;
      this.#onceByInput.add(identifier);
    }
    const number = ending === word ? match?.[2] : undefined;
    return number === undefined ? { ending } : { ending, delayMs: Number(number), retryAfter: number };
  }
}

function matches(fault: Fault, request: FaultedRequest): boolean {
  if (fault.method !== undefined && fault.method.toUpperCase() !== request.method) return false;
  if (fault.path !== undefined && !request.path.toLowerCase().includes(fault.path.toLowerCase())) return false;
  if (fault.header === undefined) return true;
  const value = request.headers[fault.header.name.toLowerCase()];
  return typeof value === 'string' && value.includes(fault.header.contains);
}

/** Endings after which the request has taken effect. */
export const applies: ReadonlySet<SimulatedEnding> = new Set<SimulatedEnding>([
  'error-after',
  'html',
  'empty',
  'half-body',
  'truncated',
  'wrong-type',
  'wrong-shape',
  'reset-after',
  'hang-after',
  'delay',
  'lag',
  'huge',
  'bare-id',
  'quoted-id',
  'status-200',
]);
