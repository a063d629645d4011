import 'server-only';

import type { ExchangePurpose } from '../exchange';
import type { Parser, VendorHttp, VendorReply } from '../http/client';
import { allowList } from '../http/redact';
import { repeat } from '../http/retry';
import type { TokenCache, TokenGrant } from '../http/token';
import type { Json, VendorCall, VendorConnection } from '../vendor';
import {
  type Customer,
  customerListSchema,
  customerSchema,
  realmListSchema,
  subRealmListSchema,
  userListSchema,
} from './contract';
import { keptOfCreate, keptOfCustomer, keptOfRefusal } from './input';
import { readRefusal } from './read-refusal';
import { mediaType } from './vocabulary';

export const vendorName = 'CloudLX';
const createList = allowList(keptOfCreate);
const customerList = allowList(keptOfCustomer);
const refusalList = allowList(keptOfRefusal);
/** Lists come whole (4.6): ten thousand customers with all their realms, in bytes. */
const longestList = 16 * 1024 * 1024;

interface ApiRequest<T> {
  readonly purpose: ExchangePurpose;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: Json;
  readonly reply: { readonly statuses: readonly number[]; readonly schema: Parser<T> };
  readonly record?: (reply: T) => Json;
}

/** CloudLX's endpoints (vendor-apis.md 4.3), one method each. Everything throws `VendorError`. */
export class CloudlxClient {
  readonly #http: VendorHttp;
  readonly #tokens: TokenCache;

  constructor(http: VendorHttp, tokens: TokenCache) {
    this.#http = http;
    this.#tokens = tokens;
  }

  // POST /api/oauth2/access-token: signs in anew, whatever token is kept
  async signIn(call: VendorCall): Promise<void> {
    this.#tokens.forget(call.connection.connectionId);
    await this.#tokens.get(call, toGrant(call.connection));
  }

  // POST /api/customers → 200 as documented, or 201; the customer, unwrapped
  createCustomer(call: VendorCall, body: Json): Promise<VendorReply<Customer>> {
    const reply = { statuses: [200, 201], schema: customerSchema };
    return this.#send(call, { purpose: 'create', method: 'POST', path: '/api/customers', body, reply });
  }

  // GET /api/customers → { customers: [...] }, all of them
  listCustomers(
    call: VendorCall,
    { purpose = 'find', record }: { purpose?: ExchangePurpose; record: (list: CustomerList) => Json },
  ) {
    const reply = { statuses: [200], schema: customerListSchema };
    return this.#send(call, { purpose, method: 'GET', path: '/api/customers', reply, record });
  }

  // GET /api/customers/{id} → the customer, unwrapped
  getCustomer(call: VendorCall, customerId: string) {
    return this.#send(call, {
      purpose: 'find',
      method: 'GET',
      path: `/api/customers/${encodeURIComponent(customerId)}`,
      reply: { statuses: [200], schema: customerSchema },
      record: ({ id }) => ({ rows: 1, matched: [{ vendorId: String(id) }] }),
    });
  }

  // GET /api/users → { users: [...] }, all of them
  listUsers(call: VendorCall, record: (list: UserList) => Json) {
    const reply = { statuses: [200], schema: userListSchema };
    return this.#send(call, { purpose: 'find', method: 'GET', path: '/api/users', reply, record });
  }

  // GET /api/realms → { realms: [...] } (inferred)
  listRealms(call: VendorCall) {
    const reply = { statuses: [200], schema: realmListSchema };
    const record = (list: { readonly realms: readonly unknown[] }) => ({ rows: list.realms.length });
    return this.#send(call, { purpose: 'lookup', method: 'GET', path: '/api/realms', reply, record });
  }

  // GET /api/sub-realms → { sub_realms: [...] } (inferred)
  listSubRealms(call: VendorCall) {
    const reply = { statuses: [200], schema: subRealmListSchema };
    const record = (list: { readonly sub_realms: readonly unknown[] }) => ({ rows: list.sub_realms.length });
    return this.#send(call, { purpose: 'lookup', method: 'GET', path: '/api/sub-realms', reply, record });
  }

  async #send<T>(call: VendorCall, request: ApiRequest<T>): Promise<VendorReply<T>> {
    const { connection } = call;
    const grant = toGrant(connection);
    const canTakeEffect = request.method === 'POST';
    let token = await this.#tokens.get(call, grant);
    const renew = async () => {
      await this.#tokens.invalidate(connection.connectionId, token);
      token = await this.#tokens.get(call, grant);
    };
    const budget = this.#http.budgets.of(connection.connectionId);
    return repeat({ signal: call.signal, canTakeEffect, clock: this.#http.clock, budget, renew }, () =>
      this.#http.send(call, {
        vendor: vendorName,
        purpose: request.purpose,
        method: request.method,
        url: new URL(toBase(connection) + request.path),
        headers: {
          accept: mediaType,
          authorization: `Bearer ${token}`,
          'x-correlation-id': call.correlationId,
        },
        body: request.body === undefined ? null : { json: request.body },
        canTakeEffect,
        reply: request.reply,
        keep: { request: createList, reply: customerList, refusal: refusalList },
        ...(request.record === undefined ? {} : { record: request.record }),
        ...(canTakeEffect ? {} : { maxReplyBytes: longestList }),
        readRefusal,
        secrets: [grant.clientSecret, token],
      }),
    );
  }
}

type Reply<S> = S extends Parser<infer T> ? T : never;
export type CustomerList = Reply<typeof customerListSchema>;
export type UserList = Reply<typeof userListSchema>;

/** The base without a slash at its end; the documentation prints hosts alone, so an `/api` typed with it is taken off. */
function toBase({ baseUrl }: VendorConnection): string {
  return baseUrl.replace(/\/+$/, '').replace(/\/api$/, '');
}

/** The sign-in (4.2): a path of the API itself, unless the connection names another; the refresh is beside it. */
export function toGrant(connection: VendorConnection): TokenGrant {
  const { tokenUrl, settings, secrets } = connection;
  const url = new URL(tokenUrl ?? `${toBase(connection)}/api/oauth2/access-token`);
  const refreshUrl = new URL(url);
  refreshUrl.pathname = url.pathname.replace(/\/+$/, '').replace(/[^/]*$/, 'refresh-token');
  return {
    vendor: vendorName,
    tokenUrl: url,
    clientId: settings.clientId ?? '',
    clientSecret: secrets.clientSecret ?? '',
    scope: '',
    dialect: { headers: { accept: mediaType }, anyTokenType: true, refreshUrl },
  };
}
