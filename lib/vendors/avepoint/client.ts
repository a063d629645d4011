import 'server-only';

import type { ExchangePurpose } from '../exchange';
import type { Parser, RefusalWords, VendorHttp, VendorReply } from '../http/client';
import { type AllowList, allowList } from '../http/redact';
import { repeat } from '../http/retry';
import type { TokenCache, TokenGrant } from '../http/token';
import type { Json, VendorCall } from '../vendor';
import {
  type CreateCustomerBody,
  type CreatedReply,
  type CustomerPage,
  createdReplySchema,
  customerPageSchema,
  errorBodySchema,
} from './contract';
import { keptOfCreate, keptOfCreated, keptOfRefusal } from './input';
import { type ServiceAdded, type ServicePage, serviceAddedSchema, servicePageSchema } from './services/contract';
import { keptOfService, keptOfServiceAdded } from './services/input';
import { defaultScope, defaultTokenUrl } from './vocabulary';

export const vendorName = 'AvePoint Elements';
/** Most rows of a page that the vendor gives. */
export const pageSizeMax = 100;
const requestList = allowList([...keptOfCreate, 'customerIds[]']);
const createdList = allowList(keptOfCreated);
const serviceList = allowList(keptOfService);
const serviceAddedList = allowList(keptOfServiceAdded);
const refusalList = allowList(keptOfRefusal);
const keptQuery = ['pageIndex', 'pageSize'];

interface ApiRequest<T> {
  readonly purpose: ExchangePurpose;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body: Json;
  /** Every call of this API is a POST; only some of them change anything. */
  readonly canTakeEffect: boolean;
  readonly schema: Parser<T>;
  readonly record?: (reply: T) => Json;
  /** Beside those of the connection. */
  readonly secrets?: readonly string[];
  /** What may be stored of request and answer, where it is not a customer's. */
  readonly keep?: { readonly request: AllowList; readonly reply: AllowList };
}

/** AvePoint Elements' endpoints (vendor-apis.md 1.4), one method each. Everything throws `VendorError`. */
export class AvepointClient {
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

  // POST /partner/external/v3/general/customers → 200 { status, id }, whatever came of it
  createCustomer(call: VendorCall, body: CreateCustomerBody): Promise<VendorReply<CreatedReply>> {
    return this.#send(call, {
      purpose: 'create',
      path: '/general/customers',
      body: { ...body },
      canTakeEffect: true,
      schema: createdReplySchema,
      secrets: [body.password],
    });
  }

  // POST /partner/external/v3/general/customers/batch?pageIndex=…&pageSize=… { customerIds? } → 200 { data, metadata }
  readCustomers(
    call: VendorCall,
    page: {
      readonly purpose: 'find' | 'probe';
      /** From 1. */
      readonly pageIndex: number;
      readonly pageSize: number;
      readonly customerIds?: readonly string[];
      /** What the record keeps of the page. */
      readonly record: (page: CustomerPage) => Json;
    },
  ): Promise<VendorReply<CustomerPage>> {
    return this.#send(call, {
      purpose: page.purpose,
      path: '/general/customers/batch',
      query: { pageIndex: String(page.pageIndex), pageSize: String(page.pageSize) },
      body: page.customerIds === undefined ? {} : { customerIds: page.customerIds },
      canTakeEffect: false,
      schema: customerPageSchema,
      record: page.record,
    });
  }

  // POST /partner/external/v3/general/customers/{customerId}/services → 200 { customerId, product, status }
  addService(call: VendorCall, customerId: string, body: Json): Promise<VendorReply<ServiceAdded>> {
    return this.#send(call, {
      purpose: 'create',
      path: `/general/customers/${encodeURIComponent(customerId)}/services`,
      body,
      canTakeEffect: true,
      schema: serviceAddedSchema,
      keep: { request: serviceList, reply: serviceAddedList },
    });
  }

  // POST /partner/external/v3/general/customers/services/batch?pageIndex=…&pageSize=… { customerIds } → 200 { data }
  readServices(
    call: VendorCall,
    customerId: string,
    record: (page: ServicePage) => Json,
  ): Promise<VendorReply<ServicePage>> {
    return this.#send(call, {
      purpose: 'find',
      path: '/general/customers/services/batch',
      query: { pageIndex: '1', pageSize: String(pageSizeMax) },
      body: { customerIds: [customerId] },
      canTakeEffect: false,
      schema: servicePageSchema,
      record,
    });
  }

  async #send<T>(call: VendorCall, request: ApiRequest<T>): Promise<VendorReply<T>> {
    const { connection } = call;
    const grant = toGrant(call);
    const url = new URL(`${connection.baseUrl.replace(/\/+$/, '')}/partner/external/v3${request.path}`);
    for (const [key, value] of Object.entries(request.query ?? {})) url.searchParams.set(key, value);
    const { canTakeEffect } = request;
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
        method: 'POST',
        url,
        headers: { authorization: `Bearer ${token}` },
        body: { json: request.body },
        canTakeEffect,
        reply: { statuses: [200], schema: request.schema },
        keep: { query: keptQuery, request: requestList, reply: createdList, refusal: refusalList, ...request.keep },
        ...(request.record === undefined ? {} : { record: request.record }),
        readRefusal,
        secrets: [grant.clientSecret, token, ...(request.secrets ?? [])],
      }),
    );
  }
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

/**
 * The error body (1.9), as far as the answer holds one. Field errors still carry the vendor's own names: the adapter
 * leads them to our fields, as it alone knows the form.
 */
function readRefusal({ body }: { readonly body: unknown }): Partial<RefusalWords> {
  const parsed = errorBodySchema.safeParse(body);
  if (!parsed.success) return {};
  const { message, errors, requestId, traceId } = parsed.data;
  return {
    type: (errors ?? []).find((error) => error.code != null)?.code ?? null,
    description: message ?? null,
    correlationId: requestId ?? traceId ?? null,
    fieldErrors: (errors ?? []).map((error) => ({
      field: null,
      vendorField: error.field ?? null,
      messages: error.message == null ? [] : [error.message],
    })),
  };
}
