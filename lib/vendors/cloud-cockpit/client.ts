import 'server-only';

import type { ExchangePurpose } from '../exchange';
import type { Parser, RefusalWords, VendorHttp, VendorReply } from '../http/client';
import { allowList } from '../http/redact';
import { repeat } from '../http/retry';
import type { TokenCache, TokenGrant } from '../http/token';
import type { Json, VendorCall } from '../vendor';
import {
  createdReplySchema,
  customerPageSchema,
  customerViewSchema,
  errorEnvelopeSchema,
  providerInstancePageSchema,
  resellerPageSchema,
  resellerViewSchema,
} from './contract';
import { keptOfCreate, keptOfRefusal } from './input';
import { defaultScope, defaultTokenUrl } from './vocabulary';

export const vendorName = 'Cloud Cockpit';
const createList = allowList(keptOfCreate);
const createdList = allowList(['$']);
const refusalList = allowList(keptOfRefusal);
const keptQuery = ['pageNumber', 'pageSize', 'searchField', 'sortPropertyName', 'includeDeleted', 'resellerId'];

interface ApiRequest<T> {
  readonly purpose: ExchangePurpose;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** The search text is ours (an id) and may be kept in the record. */
  readonly keepSearch?: boolean;
  readonly body?: Json;
  readonly reply: { readonly statuses: readonly number[]; readonly schema: Parser<T>; readonly bareText?: boolean };
  readonly record?: (reply: T) => Json;
}

/** Cloud Cockpit's endpoints (vendor-apis.md 2.5), one method each. Everything throws `VendorError`. */
export class CloudCockpitClient {
  readonly #http: VendorHttp;
  readonly #tokens: TokenCache;

  constructor(http: VendorHttp, tokens: TokenCache) {
    this.#http = http;
    this.#tokens = tokens;
  }

  // POST {tokenUrl}: signs in anew, whatever token is kept
  async signIn(call: VendorCall): Promise<void> {
    this.#tokens.forget(call.connection.connectionId);
    await this.#tokens.get(call, toGrant(call));
  }

  // POST /v1/Customers → 201 or 200, the new customer's id as a JSON string or bare text
  createCustomer(call: VendorCall, body: Json): Promise<VendorReply<string>> {
    const reply = { statuses: [200, 201], schema: createdReplySchema, bareText: true };
    return this.#send(call, { purpose: 'create', method: 'POST', path: '/v1/Customers', body, reply });
  }

  // GET /v1/Customers?searchField=…&searchValue=…&pageNumber=…&pageSize=…&includeDeleted=false[&resellerId=…]
  searchCustomers(
    call: VendorCall,
    search: {
      readonly field: 'Company.Name' | 'InternalIdentifier';
      readonly value: string;
      readonly pageNumber: number;
      readonly pageSize: number;
      readonly resellerId: string | null;
      /** What the record keeps of the page. */
      readonly record: (page: CustomerPage) => Json;
    },
  ): Promise<VendorReply<CustomerPage>> {
    return this.#send(call, {
      purpose: 'find',
      method: 'GET',
      path: '/v1/Customers',
      query: {
        searchField: search.field,
        searchValue: search.value,
        pageNumber: String(search.pageNumber),
        pageSize: String(search.pageSize),
        includeDeleted: 'false',
        ...(search.resellerId === null ? {} : { resellerId: search.resellerId }),
      },
      keepSearch: search.value === call.correlationId,
      reply: { statuses: [200], schema: customerPageSchema },
      record: search.record,
    });
  }

  // GET /v1/Customers?pageSize=1: the smallest read that needs the role and the tenant
  readOneCustomer(call: VendorCall): Promise<VendorReply<CustomerPage>> {
    return this.#send(call, {
      purpose: 'probe',
      method: 'GET',
      path: '/v1/Customers',
      query: { pageNumber: '1', pageSize: '1', includeDeleted: 'false' },
      reply: { statuses: [200], schema: customerPageSchema },
      record: countRows,
    });
  }

  // GET /v1/Customers/{customerId}
  getCustomer(call: VendorCall, customerId: string, record: (customer: CustomerView) => Json) {
    return this.#send(call, {
      purpose: 'find',
      method: 'GET',
      path: `/v1/Customers/${encodeURIComponent(customerId)}`,
      reply: { statuses: [200], schema: customerViewSchema },
      record,
    });
  }

  // GET /v1/Providers/Instances?pageNumber=…&pageSize=100
  listProviderInstances(call: VendorCall, pageNumber: number) {
    return this.#send(call, {
      purpose: 'lookup',
      method: 'GET',
      path: '/v1/Providers/Instances',
      query: { pageNumber: String(pageNumber), pageSize: '100' },
      reply: { statuses: [200], schema: providerInstancePageSchema },
      record: countRows,
    });
  }

  // GET /v1/Resellers?searchField=Company.Name&searchValue=…&pageNumber=1&pageSize=50
  listResellers(call: VendorCall, search: string) {
    return this.#send(call, {
      purpose: 'lookup',
      method: 'GET',
      path: '/v1/Resellers',
      query: {
        pageNumber: '1',
        pageSize: '50',
        ...(search === '' ? {} : { searchField: 'Company.Name', searchValue: search }),
      },
      reply: { statuses: [200], schema: resellerPageSchema },
      record: countRows,
    });
  }

  // GET /v1/Resellers?searchField=…&searchValue=…&pageNumber=…&pageSize=…
  searchResellers(
    call: VendorCall,
    search: {
      readonly purpose: 'find' | 'lookup';
      /** Null: all of them. */
      readonly match: { readonly field: 'Company.Name' | 'InternalIdentifier'; readonly value: string } | null;
      readonly pageNumber: number;
      readonly pageSize: number;
      /** What the record keeps of the page. */
      readonly record: (page: ResellerPage) => Json;
    },
  ): Promise<VendorReply<ResellerPage>> {
    const { match, pageNumber, pageSize } = search;
    return this.#send(call, {
      purpose: search.purpose,
      method: 'GET',
      path: '/v1/Resellers',
      query: {
        ...(match === null ? {} : { searchField: match.field, searchValue: match.value }),
        pageNumber: String(pageNumber),
        pageSize: String(pageSize),
      },
      keepSearch: match?.value === call.correlationId,
      reply: { statuses: [200], schema: resellerPageSchema },
      record: search.record,
    });
  }

  // GET /v1/Resellers/{resellerId}
  getReseller(call: VendorCall, resellerId: string): Promise<VendorReply<ResellerView>> {
    return this.#send(call, {
      purpose: 'lookup',
      method: 'GET',
      path: `/v1/Resellers/${encodeURIComponent(resellerId)}`,
      reply: { statuses: [200], schema: resellerViewSchema },
      record: () => ({ rows: 1, matched: [{ vendorId: resellerId }] }),
    });
  }

  // POST /v1/Resellers → 201 or 200, the new reseller's id as a JSON string or bare text
  createReseller(call: VendorCall, body: Json): Promise<VendorReply<string>> {
    const reply = { statuses: [200, 201], schema: createdReplySchema, bareText: true };
    return this.#send(call, { purpose: 'create', method: 'POST', path: '/v1/Resellers', body, reply });
  }

  async #send<T>(call: VendorCall, request: ApiRequest<T>): Promise<VendorReply<T>> {
    const { connection } = call;
    const grant = toGrant(call);
    const url = new URL(connection.baseUrl.replace(/\/+$/, '') + request.path);
    for (const [key, value] of Object.entries(request.query ?? {})) url.searchParams.set(key, value);
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
        url,
        headers: {
          authorization: `Bearer ${token}`,
          'x-tenant': connection.settings.tenantDomain ?? '',
          'x-correlation-id': call.correlationId,
        },
        body: request.body === undefined ? null : { json: request.body },
        canTakeEffect,
        reply: request.reply,
        keep: {
          query: request.keepSearch === true ? [...keptQuery, 'searchValue'] : keptQuery,
          request: createList,
          reply: createdList,
          refusal: refusalList,
        },
        ...(request.record === undefined ? {} : { record: request.record }),
        readRefusal,
        secrets: [grant.clientSecret, token],
      }),
    );
  }
}

type Reply<S> = S extends Parser<infer T> ? T : never;
export type CustomerPage = Reply<typeof customerPageSchema>;
export type CustomerView = Reply<typeof customerViewSchema>;
export type ResellerPage = Reply<typeof resellerPageSchema>;
export type ResellerView = Reply<typeof resellerViewSchema>;

/** A look-up leaves its row count in the record, never the page. */
function countRows(page: {
  readonly items: readonly unknown[];
  readonly totalCount?: number | null | undefined;
}): Json {
  return { rows: page.items.length, totalCount: page.totalCount ?? null };
}

function toGrant({ connection }: VendorCall): TokenGrant {
  return {
    vendor: vendorName,
    tokenUrl: new URL(connection.tokenUrl ?? defaultTokenUrl),
    clientId: connection.settings.clientId ?? '',
    clientSecret: connection.secrets.clientSecret ?? '',
    scope: connection.settings.scope || defaultScope,
  };
}

/** A customer that is there already: no code is documented, so 409 and the plain words of it are taken as such. */
const alreadyThere =
  /\b(customer|reseller|identifier|company|internal\s*identifier)\b[^.]*\balready\s+(exists|registered|in use)\b/i;

/**
 * The error envelope (2.3), as far as the answer holds one. Field errors still carry the vendor's own names: the adapter
 * leads them to our fields, as it alone knows the form.
 */
function readRefusal({ status, body }: { readonly status: number; readonly body: unknown }): Partial<RefusalWords> {
  const parsed = errorEnvelopeSchema.safeParse(body);
  const envelope = parsed.success ? parsed.data : {};
  const errors = (envelope.errors ?? []).map((error) => ({
    field: null,
    vendorField: error.propertyName ?? null,
    messages: [error.description ?? []].flat().filter((text) => text !== null),
  }));
  const said = [envelope.description ?? '', ...errors.flatMap((error) => error.messages)];
  const exists = status === 409 || said.some((text) => alreadyThere.test(text));
  return {
    type: envelope.type ?? null,
    description: envelope.description ?? null,
    correlationId: envelope.correlationId ?? null,
    fieldErrors: errors,
    ...(exists ? { kind: 'already-exists' as const, message: 'cloud-cockpit.already-exists' } : {}),
  };
}
