/** A request as a simulated vendor reads it: whole, without a socket. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

export interface ApiAnswer {
  readonly status: number;
  /** Undefined: no body, or `text`. */
  readonly json?: unknown;
  /** A body that is no JSON; say its type in `headers`. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Body = Readonly<Record<string, unknown>>;

export const isBody = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A header that came once, or null. */
export function header(request: ApiRequest, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' ? value : null;
}

/** The body as a JSON object, or null. */
export function parseBody(bytes: Buffer): Body | null {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return isBody(value) ? value : null;
  } catch {
    return null;
  }
}
