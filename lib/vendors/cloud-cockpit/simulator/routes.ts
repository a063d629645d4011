import { randomUUID } from 'node:crypto';
import { type ApiAnswer, type ApiRequest, type Body, header, isBody, parseBody } from '../../simulator/request';
import type { ApiClient, SimulatedCustomer, SimulatedReseller, SimulatorState } from './state';
import { type Complaint, read, readText, sameId, validateCreate } from './validate';

/** The API itself (vendor-apis.md 2.3 to 2.6), without a socket: a request in, an answer out. 401 and 403 have no body. */

/** The error envelope of 400, 404 and 500 (2.3). */
export function envelope(
  status: number,
  rest: { readonly type: string; readonly description: string; readonly errors?: readonly unknown[] },
): ApiAnswer {
  return {
    status,
    json: {
      statusCode: status,
      type: rest.type,
      description: rest.description,
      correlationId: randomUUID(),
      errors: rest.errors ?? null,
    },
  };
}

export const invalid = (errors: readonly Complaint[], description = 'One or more validation errors occurred.') =>
  envelope(400, { type: 'ValidationException', description, errors });

const notFound = (what: string) => envelope(404, { type: 'NotFoundException', description: `${what} was not found.` });

/** Who is asking, or the refusal: bearer token, then portal domain. */
export function authenticate(request: ApiRequest, state: SimulatorState): ApiClient | ApiAnswer {
  const match = /^Bearer (\S+)$/.exec(header(request, 'authorization') ?? '');
  const client = state.clientOf(match?.[1] ?? '');
  if (client === null) return { status: 401 };
  const tenant = header(request, 'x-tenant');
  if (tenant === null || tenant === '')
    return invalid([{ propertyName: 'X-Tenant', description: ['The header is required.'] }]);
  if (tenant.toLowerCase() !== state.data.tenantDomain) return { status: 403 };
  return client;
}

/** Answers a read, or returns null when the request is the create (which the server carries out apart) or unknown. */
export function answerRead(request: ApiRequest, client: ApiClient, state: SimulatorState): ApiAnswer | null {
  const path = request.path.toLowerCase().replace(/\/+$/, '');
  if (request.method !== 'GET') return null;
  if (path === '/v1/customers') return listCustomers(request, client, state);
  if (path === '/v1/resellers') {
    // Roles: csp (2.5).
    return client.role === 'csp' ? listResellers(request, state) : { status: 403 };
  }
  const reseller = /^\/v1\/resellers\/([^/]+)$/.exec(path);
  if (reseller !== null) return client.role === 'csp' ? getReseller(reseller[1] ?? '', state) : { status: 403 };
  if (path === '/v1/providers/instances') return listInstances(request, state);
  const one = /^\/v1\/customers\/([^/]+)$/.exec(path);
  return one === null ? null : getCustomer(one[1] ?? '', request, client, state);
}

export const isCreate = (request: ApiRequest) =>
  request.method === 'POST' && /^\/v1\/customers\/*$/i.test(request.path);

type Create =
  | { readonly ok: true; readonly customer: SimulatedCustomer }
  | { readonly ok: false; readonly answer: ApiAnswer };

/** Everything of `POST /v1/Customers` but the writing down. */
export function prepareCreate(request: ApiRequest, client: ApiClient, state: SimulatorState): Create {
  const refuse = (answer: ApiAnswer): Create => ({ ok: false, answer });
  if (!/^application\/json\b/i.test(header(request, 'content-type') ?? '')) return refuse({ status: 415 });
  const body = parseBody(request.body);
  if (body === null) return refuse(invalid([{ propertyName: '$', description: ['The body is not a JSON object.'] }]));
  const complaints = validateCreate(body, { ...state.data, resellers: state.resellers });
  if (complaints.length > 0) return refuse(invalid(complaints));
  const named = readText(body, 'resellerId');
  // A reseller's relation is implied by its token; another reseller's id is not its to give (2.8).
  if (client.resellerId !== null && named !== null && !sameId(named, client.resellerId)) return refuse({ status: 403 });
  const id = readText(body, 'id')?.toLowerCase() ?? randomUUID();
  if (state.customers.some((one) => sameId(one.id, id))) {
    const errors = [{ propertyName: 'Id', description: ['A customer with this id already exists.'] }];
    return refuse(invalid(errors));
  }
  return {
    ok: true,
    customer: {
      id,
      view: Object.fromEntries(Object.entries(body).filter(([key]) => !/^(id|resellerId)$/i.test(key))),
      companyName: readText(body, 'companyName') ?? '',
      internalIdentifier: readText(body, 'internalIdentifier'),
      resellerId: client.resellerId ?? named?.toLowerCase() ?? null,
      isDeleted: false,
      correlationId: header(request, 'x-correlation-id'),
      visibleFromMs: 0,
    },
  };
}

/** What GET shows of a customer: the fields of the create, plus what the server knows. */
function toView(customer: SimulatedCustomer): Body {
  return {
    ...customer.view,
    id: customer.id,
    internalIdentifier: customer.internalIdentifier,
    resellerId: customer.resellerId,
    isDeleted: customer.isDeleted,
  };
}

const isVisible = (customer: SimulatedCustomer, client: ApiClient, state: SimulatorState) =>
  customer.visibleFromMs <= state.nowMs() && (client.resellerId === null || customer.resellerId === client.resellerId);

function listCustomers(request: ApiRequest, client: ApiClient, state: SimulatorState): ApiAnswer {
  const { query } = request;
  const field = (query.get('searchField') ?? 'Company.Name').toLowerCase();
  if (!['company.name', 'domain', 'internalidentifier', 'providercustomerid'].includes(field)) {
    return invalid([{ propertyName: 'SearchField', description: ['Unknown search field.'] }]);
  }
  const wanted = (query.get('searchValue') ?? '').toLowerCase();
  if (wanted.length > 255) return invalid([{ propertyName: 'SearchValue', description: ['At most 255 characters.'] }]);
  const resellerId = query.get('resellerId');
  if (client.resellerId !== null && resellerId !== null && !sameId(resellerId, client.resellerId))
    return { status: 403 };
  const withDeleted = query.get('includeDeleted')?.toLowerCase() !== 'false';
  const rows = state.customers
    .filter((one) => isVisible(one, client, state))
    .filter((one) => withDeleted || !one.isDeleted)
    .filter((one) => resellerId === null || (one.resellerId !== null && sameId(one.resellerId, resellerId)))
    .filter((one) => wanted === '' || searched(one, field).some((text) => text.toLowerCase().includes(wanted)))
    .toSorted((one, other) => one.companyName.localeCompare(other.companyName));
  return paged(rows.map(toView), query);
}

function searched(customer: SimulatedCustomer, field: string): string[] {
  if (field === 'company.name') return [customer.companyName];
  if (field === 'internalidentifier') return [customer.internalIdentifier ?? ''];
  const providers = read(customer.view, 'providerCustomers');
  if (!isBody(providers)) return [];
  return Object.values(providers).flatMap((provider) => {
    if (!isBody(provider)) return [];
    if (field === 'providercustomerid') return [readText(provider, 'providerCustomerId') ?? ''];
    const data = parseBody(Buffer.from(readText(provider, 'providerCustomerData') ?? ''));
    return data === null ? [] : [readText(data, 'Domain') ?? ''];
  });
}

function getCustomer(id: string, request: ApiRequest, client: ApiClient, state: SimulatorState): ApiAnswer {
  const customer = state.customers.find((one) => sameId(one.id, id) && one.visibleFromMs <= state.nowMs());
  if (customer === undefined) return notFound('The customer');
  const resellerId = request.query.get('resellerId') ?? client.resellerId;
  // 403 when there is no relationship (2.5).
  if (resellerId !== null && (customer.resellerId === null || !sameId(customer.resellerId, resellerId)))
    return { status: 403 };
  return { status: 200, json: toView(customer) };
}

function getReseller(id: string, state: SimulatorState): ApiAnswer {
  const reseller = state.shownResellers.find((one) => sameId(one.id, id));
  return reseller === undefined ? notFound('The reseller') : { status: 200, json: toResellerView(reseller) };
}

function toResellerView({ view = {}, visibleFromMs: _, ...reseller }: SimulatedReseller): Body {
  return { zipCode: '1000', mpnId: null, ...view, ...reseller };
}

function listResellers(request: ApiRequest, state: SimulatorState): ApiAnswer {
  const { query } = request;
  const field = (query.get('searchField') ?? 'Company.Name').toLowerCase();
  if (!['company.name', 'internalidentifier', 'mpnid'].includes(field)) {
    return invalid([{ propertyName: 'SearchField', description: ['Unknown search field.'] }]);
  }
  const wanted = (query.get('searchValue') ?? '').toLowerCase();
  const rows = state.shownResellers.filter((one) => {
    const text = field === 'company.name' ? one.companyName : field === 'mpnid' ? '' : (one.internalIdentifier ?? '');
    return text.toLowerCase().includes(wanted);
  });
  return paged(rows.map(toResellerView), query);
}

function listInstances(request: ApiRequest, state: SimulatorState): ApiAnswer {
  const rows = state.data.instances.map((one) => ({
    id: one.id,
    alias: one.alias,
    instanceProviderId: '0f7b9f7b-7c1c-4a9b-8e8a-0d7d5b1f2a10',
    imageUrl: null,
    offerTypes: one.offerTypes.map((name) => ({ name })),
    supportedCountries: one.supportedCountries,
    providerData: null,
    provider: { name: one.provider },
  }));
  return paged(rows, request.query);
}

function paged(rows: readonly unknown[], query: URLSearchParams): ApiAnswer {
  const number = (name: string, fallback: number) => {
    const text = query.get(name);
    return text === null ? fallback : /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  };
  const pageNumber = number('pageNumber', 1);
  const pageSize = number('pageSize', 25);
  if (!(pageNumber >= 1)) return invalid([{ propertyName: 'PageNumber', description: ['Must be 1 or more.'] }]);
  if (!(pageSize >= 1 && pageSize <= 2000)) {
    return invalid([{ propertyName: 'PageSize', description: ['Must be from 1 to 2000.'] }]);
  }
  const totalPages = Math.ceil(rows.length / pageSize);
  return {
    status: 200,
    json: {
      items: rows.slice((pageNumber - 1) * pageSize, pageNumber * pageSize),
      paginationParameters: { pageNumber, pageSize },
      totalPages,
      totalCount: rows.length,
      hasPreviousPage: pageNumber > 1,
      hasNextPage: pageNumber < totalPages,
      continuationToken: null,
    },
  };
}
