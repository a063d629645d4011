import { type ApiRequest, type Body, isBody } from './request';

/**
 * How an answer can end badly, or merely oddly, at any vendor. Chosen by control (`POST /__control/faults`,
 * `control.setFault`) or by input: a name that contains `sim:<ending>`, optionally with a number: "Zeus sim:refuse",
 * "Zeus sim:delay-3000" (milliseconds), "Zeus sim:rate-limit-2" (seconds of Retry-After), "Zeus sim:lag-5000". By input an
 * ending befalls every create of that name; what is said to be about the token, only the first of each identifier.
 */
export const commonEndings = [
  'refuse', // the vendor's no, with its words; at the token endpoint its refusal of a sign-in
  'conflict', // the vendor's "already exists"
  'unauthorized', // as on a token that was revoked meanwhile
  'forbidden', // 403
  'not-found', // 404
  'rate-limit', // 429 with Retry-After
  'rate-limit-bare', // 429 without
  'request-timeout', // 408
  'error-before', // 500, nothing applied
  'error-after', // 500, applied
  'unavailable', // 503, nothing applied
  'html', // 200 with a page of HTML, applied
  'empty', // a yes without a body, applied
  'half-body', // a yes whose Content-Length lies, the socket is cut, applied
  'truncated', // a yes with JSON that breaks off, applied
  'wrong-type', // a yes with the right body under text/html, applied
  'wrong-shape', // a yes whose body is of another shape, applied
  'reset-before', // the socket is reset once the request is read, nothing applied
  'reset-after', // applied, then reset
  'hang', // no answer, nothing applied
  'hang-after', // applied, no answer
  'delay', // applied and answered, after a while
  'lag', // applied and answered; reads do not see it for a while
  'redirect', // 302 to elsewhere, nothing applied
  'huge', // a yes with 10 MB, applied
  'expire-token', // `unauthorized`, and every token is revoked
  'garbled', // bytes that are no HTTP, nothing applied
] as const;
export type CommonEnding = (typeof commonEndings)[number];

/** Common endings after which the request has taken effect. */
const commonApplied: readonly CommonEnding[] = [
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
];

/** @typeParam Own endings that this vendor alone has */
export interface Fault<Own extends string = never> {
  readonly ending: CommonEnding | Own;
  readonly method?: string;
  /** Part of the path, without regard to case; `token` is the sign-in. */
  readonly path?: string;
  /** Part of the body as text, without regard to case (one URL may serve many methods). */
  readonly body?: string;
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
  /** For an ending of the vendor's own that carries a number of the vendor (a status, an error code). */
  readonly code?: number;
  /** For `refuse`: field errors as the vendor writes them. */
  readonly errors?: unknown;
  /** For `refuse`, `conflict`: the vendor's sentence. */
  readonly description?: string;
}

interface Armed<Own extends string> {
  readonly fault: Fault<Own>;
  passed: number;
  struck: number;
}

/** What a vendor adds to the common endings: its own, and which of them take effect. */
export interface OwnEndings<Own extends string> {
  readonly endings: readonly Own[];
  readonly applied: readonly Own[];
}

/** The faults in force, tried in the order they were set; the first that fits strikes. */
export class Faults<Own extends string> {
  #armed: Armed<Own>[] = [];
  readonly #onceByInput = new Set<string>();
  readonly #isToken: (request: ApiRequest) => boolean;
  readonly #applied: ReadonlySet<string>;
  readonly endings: readonly (CommonEnding | Own)[];

  constructor(own: OwnEndings<Own>, isToken: (request: ApiRequest) => boolean) {
    this.#isToken = isToken;
    this.endings = [...commonEndings, ...own.endings];
    this.#applied = new Set<string>([...commonApplied, ...own.applied]);
  }

  /** Has a request that ends like this taken effect? */
  applies(fault: Fault<Own>): boolean {
    return this.#applied.has(fault.ending);
  }

  set(...faults: readonly Fault<Own>[]): void {
    this.#armed.push(...faults.map((fault) => ({ fault, passed: 0, struck: 0 })));
  }

  clear(): void {
    this.#armed = [];
    this.#onceByInput.clear();
  }

  strike(request: ApiRequest): Fault<Own> | null {
    for (const armed of this.#armed) {
      const { fault } = armed;
      const times = fault.times === undefined ? 1 : fault.times;
      if ((times !== null && armed.struck >= times) || !this.#matches(fault, request)) continue;
      if (armed.passed < (fault.after ?? 0)) {
        armed.passed += 1;
        continue;
      }
      armed.struck += 1;
      return fault;
    }
    return null;
  }

  #matches(fault: Fault<Own>, request: ApiRequest): boolean {
    if (fault.method !== undefined && fault.method.toUpperCase() !== request.method) return false;
    const path = fault.path?.toLowerCase();
    if (path === 'token' ? !this.#isToken(request) : !request.path.toLowerCase().includes(path ?? '')) return false;
    const part = fault.body?.toLowerCase();
    if (part !== undefined && !request.body.toString('utf8').toLowerCase().includes(part)) return false;
    if (fault.header === undefined) return true;
    const value = request.headers[fault.header.name.toLowerCase()];
    return typeof value === 'string' && value.includes(fault.header.contains);
  }

  /** The ending that a name asks for: `sim:<ending>[-<number>]`. */
  byName({ name, identifier }: { readonly name: string; readonly identifier: string }): Fault<Own> | null {
    const match = /\bsim:([a-z-]+?)(?:-(\d{1,6}))?(?![a-z-])/i.exec(name);
    const word = match?.[1]?.toLowerCase();
    const ending = this.endings.find((one) => one === word || one === `${word}-${match?.[2]}`);
    if (ending === undefined) return null;
    if (ending === 'unauthorized' || ending === 'expire-token') {
      if (this.#onceByInput.has(identifier)) return null;
      this.#onceByInput.add(identifier);
    }
    const number = ending === word ? match?.[2] : undefined;
    if (number === undefined) return { ending };
    return { ending, delayMs: Number(number), retryAfter: number, code: Number(number) };
  }

  /** A fault as it comes over HTTP, or null for an unknown ending. */
  parse(value: unknown): Fault<Own> | null {
    if (!isBody(value)) return null;
    const ending = this.endings.find((one) => one === value.ending);
    if (ending === undefined) return null;
    const text = (body: Body, key: string) => (typeof body[key] === 'string' ? { [key]: body[key] } : {});
    const number = (key: string) => (typeof value[key] === 'number' ? { [key]: value[key] } : {});
    const { header } = value;
    return {
      ending,
      ...text(value, 'method'),
      ...text(value, 'path'),
      ...text(value, 'body'),
      ...text(value, 'retryAfter'),
      ...text(value, 'description'),
      ...number('after'),
      ...number('delayMs'),
      ...number('lagMs'),
      ...number('bytes'),
      ...number('code'),
      ...(value.times === null ? { times: null } : number('times')),
      ...(isBody(header) && typeof header.name === 'string' && typeof header.contains === 'string'
        ? { header: { name: header.name, contains: header.contains } }
        : {}),
      ...(value.errors === undefined ? {} : { errors: value.errors }),
    };
  }
}
