import 'server-only';

import type { Json, VendorCall } from '../vendor';
import type { Parser, VendorHttp, VendorReply } from './client';
import { allowList } from './redact';
import { VendorError } from './vendor-error';

/** What a sign-in needs to know (RFC 6749, 4.4). */
export interface TokenGrant {
  readonly vendor: string;
  readonly tokenUrl: URL;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Empty: none is sent. */
  readonly scope: string;
  readonly dialect?: TokenDialect;
}

/** Where a vendor's sign-in departs from a form, a bearer token and no refresh. */
export interface TokenDialect {
  /** The request is JSON, with these headers. */
  readonly headers: Readonly<Record<string, string>>;
  /** `token_type` says something else; the token is a bearer token all the same. */
  readonly anyTokenType: boolean;
  /** Where a refresh token is changed for a new pair (RFC 6749, 6). */
  readonly refreshUrl: URL;
}

export interface TokenReply {
  readonly access_token: string;
  readonly expires_in: number;
  readonly refresh_token: string | null;
}

const requestList = allowList(['grant_type', 'client_id', 'scope', '-client_secret', '-refresh_token']);
const replyList = allowList(['token_type', 'expires_in', 'ext_expires_in', '-access_token', '-refresh_token']);
// Entra's error, and Laravel's: what support asks for. Texts are kept because secrets are scrubbed from every kept string.
const refusalList = allowList([
  'error',
  'error_description',
  'error_codes[]',
  'timestamp',
  'trace_id',
  'correlation_id',
  'suberror',
  'message',
  'status_code',
]);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isToken = (value: unknown): value is string => typeof value === 'string' && /^[\x21-\x7e]{1,16384}$/.test(value);

const tokenReply = ({ anyTokenType }: { readonly anyTokenType: boolean }): Parser<TokenReply> => ({
  safeParse(value) {
    if (!isRecord(value)) return { success: false };
    const { access_token, expires_in, token_type, refresh_token } = value;
    const life = typeof expires_in === 'string' ? Number(expires_in) : expires_in;
    if (!isToken(access_token) || typeof life !== 'number' || !(life > 0 && life < 1e8)) return { success: false };
    const isBearer = typeof token_type !== 'string' || token_type.toLowerCase() === 'bearer';
    if (!isBearer && !anyTokenType) return { success: false };
    const refresh = isToken(refresh_token) ? refresh_token : null;
    return { success: true, data: { access_token, expires_in: life, refresh_token: refresh } };
  },
});

/**
 * One request to the token endpoint: a sign-in, or with a refresh token (and a dialect that knows where) a refresh.
 * POST {tokenUrl}, application/x-www-form-urlencoded (vendor-apis.md 2.2) or, by the dialect, JSON (4.2).
 * @throws VendorError; one that was turned away is `forbidden` with the message `sign-in-refused`
 */
export async function requestToken(
  http: VendorHttp,
  call: VendorCall,
  { grant, refreshToken }: { readonly grant: TokenGrant; readonly refreshToken: string | null },
): Promise<VendorReply<TokenReply>> {
  const { dialect } = grant;
  const refresh = dialect === undefined ? null : refreshToken;
  const fields = {
    grant_type: refresh === null ? 'client_credentials' : 'refresh_token',
    client_id: grant.clientId,
    client_secret: grant.clientSecret,
    ...(refresh === null ? {} : { refresh_token: refresh }),
    ...(grant.scope === '' && dialect !== undefined ? {} : { scope: grant.scope }),
  } satisfies Json;
  try {
    return await http.send(call, {
      vendor: grant.vendor,
      purpose: 'token',
      method: 'POST',
      url: refresh === null || dialect === undefined ? grant.tokenUrl : dialect.refreshUrl,
      headers: dialect?.headers ?? {},
      body: dialect === undefined ? { form: fields } : { json: fields },
      canTakeEffect: false,
      reply: { statuses: [200], schema: tokenReply({ anyTokenType: dialect?.anyTokenType ?? false }) },
      keep: { query: ['p'], request: requestList, reply: replyList, refusal: refusalList },
      readRefusal: readTokenRefusal,
      secrets: [grant.clientSecret, ...(refresh === null ? [] : [refresh])],
    });
  } catch (error) {
    throw error instanceof VendorError ? asSignInProblem(error) : error;
  }
}

function readTokenRefusal({ body }: { readonly body: unknown }) {
  if (!isRecord(body)) return {};
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return {
    type: text(body.error),
    description: text(body.error_description) ?? text(body.message),
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
