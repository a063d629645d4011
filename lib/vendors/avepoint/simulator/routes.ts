import { randomUUID } from 'node:crypto';
import { type ApiAnswer, type ApiRequest, header, parseBody } from '../../simulator/request';
import { badRequest, errorBody, ok } from './answers';
import { servicesOf } from './services';
import type { ApiApp, SimulatedCustomer, SimulatorState } from './state';
import { read, readText, validateCreate } from './validate';

/** The API itself (vendor-apis.md 1.4, 1.5, 1.7, 1.9), without a socket: a request in, an answer out. */

const prefix = '/partner/external/v3/general';

type Endpoint = 'create' | 'batch' | 'add-service' | 'services';

/** Which endpoint it is; every one of them is a POST. */
export function endpointOf(request: ApiRequest): Endpoint | null {
  const path = request.path.toLowerCase().replace(/\/+$/, '');
  if (request.method !== 'POST' || !path.startsWith(prefix)) return null;
  const rest = path.slice(prefix.length);
  if (rest === '/customers') return 'create';
  if (rest === '/customers/batch') return 'batch';
  if (rest === '/customers/services/batch') return 'services';
  return /^\/customers\/[^/]+\/services$/.test(rest) ? 'add-service' : null;
}

/** One permission per endpoint (1.4): `readwrite` does not include `read` (1.3, inferred). */
const permissionOf = {
  create: 'elements.customers.readwrite.all',
  batch: 'elements.customers.read.all',
  'add-service': 'elements.license.readwrite.all',
  services: 'elements.license.read.all',
} as const satisfies Record<Endpoint, string>;

const wrong = (field: string, message: string) => badRequest([{ code: 'InvalidParameter', field, message }]);

/** Who is asking, or the refusal: bearer token, then the endpoint's permission. */
export function authorize(request: ApiRequest, state: SimulatorState): ApiApp | ApiAnswer {
  const match = /^Bearer (\S+)$/.exec(header(request, 'authorization') ?? '');
  const holder = state.holderOf(match?.[1] ?? '');
  if (holder === null) return { status: 401 };
  const endpoint = endpointOf(request);
  if (endpoint !== null && !holder.scopes.includes(permissionOf[endpoint])) return errorBody(403, 'Forbidden');
  return holder.app;
}

type Create =
  | { readonly ok: true; readonly customer: SimulatedCustomer }
  | { readonly ok: false; readonly answer: ApiAnswer };

/** Everything of `POST /general/customers` but the writing down. */
export function prepareCreate(request: ApiRequest, state: SimulatorState): Create {
  const refuse = (answer: ApiAnswer): Create => ({ ok: false, answer });
  if (!/^application\/json\b/i.test(header(request, 'content-type') ?? '')) return refuse({ status: 415 });
  const body = parseBody(request.body);
  if (body === null) return refuse(wrong('$', 'The body is not a JSON object.'));
  const complaints = validateCreate(body);
  if (complaints.length > 0) return refuse(badRequest(complaints));
  const account = readText(body, 'registrationAccount') ?? '';
  const status = statusOf(account.toLowerCase(), state);
  // Whether an id comes with a status other than 1 is not documented: none does here.
  if (status !== 1) return refuse(ok({ status, id: null }));
  const tags = read(body, 'tags');
  const managementMode = read(body, 'managementMode');
  return {
    ok: true,
    customer: {
      id: randomUUID(),
      organization: readText(body, 'organizationName') ?? '',
      ownerEmail: account,
      countryCode: readText(body, 'countryCode') ?? '',
      managementMode: managementMode === true ? 1 : managementMode === false ? 0 : 2,
      jobStatus: 3,
      dataCenter: readText(body, 'dataCenter') ?? '',
      telephoneNumber: readText(body, 'telephoneNumber'),
      tags: Array.isArray(tags) ? tags.map(String) : [],
      passwordGiven: true,
      visibleFromMs: 0,
    },
  };
}

/** 5, 6 and 7 of 1.8 by whose account it is already; 2, 3 and 4 are the server's own trouble and come by fault only. */
function statusOf(account: string, { customers, data }: SimulatorState): number {
  if (account === data.partnerAccount.toLowerCase()) return 6;
  if (customers.some((one) => one.ownerEmail.toLowerCase() === account)) return 5;
  return data.accountsElsewhere.some((one) => one.toLowerCase() === account) ? 7 : 1;
}

const countryNames = new Intl.DisplayNames(['en'], { type: 'region' });

function toView(customer: SimulatedCustomer) {
  const { id, organization, ownerEmail, jobStatus, countryCode, managementMode } = customer;
  const tenants = [{ id, name: organization }];
  const countryOrRegion = countryNames.of(countryCode) ?? countryCode;
  return { id, organization, ownerEmail, jobStatus, countryOrRegion, managementMode, tenants };
}

function toServicesView({ id, organization, ownerEmail }: SimulatedCustomer, state: SimulatorState) {
  return { customerId: id, organization, customer: ownerEmail, products: servicesOf(id, state) };
}

/** `POST /general/customers/batch`, `…/customers/services/batch`: paging in the query, ids in the body (1.4, 1.9). */
export function answerBatch(request: ApiRequest, app: ApiApp, state: SimulatorState): ApiAnswer {
  if (!/^application\/json\b/i.test(header(request, 'content-type') ?? '')) return { status: 415 };
  const body = parseBody(request.body);
  if (body === null) return wrong('$', 'The body is not a JSON object.');
  const ids = read(body, 'customerIds') ?? [];
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string')) {
    return wrong('customerIds', 'The value of customerIds must be an array of strings.');
  }
  const number = (name: string, fallback: number) => {
    const text = request.query.get(name);
    return text === null ? fallback : /^\d{1,9}$/.test(text) ? Number(text) : 0;
  };
  const pageIndex = number('pageIndex', 1);
  const pageSize = number('pageSize', 50);
  if (pageIndex < 1) return wrong('pageIndex', 'The value must be 1 or more.');
  if (pageSize < 1 || pageSize > 100) return wrong('pageSize', 'The value must be from 1 to 100.');
  const wanted = new Set(ids.map((id) => String(id).toLowerCase()));
  const rows = state.customers.filter(
    (one) =>
      one.visibleFromMs <= state.nowMs() &&
      (app.customers === 'all' || app.customers.includes(one.id)) &&
      (wanted.size === 0 || wanted.has(one.id.toLowerCase())),
  );
  const page = rows.slice((pageIndex - 1) * pageSize, pageIndex * pageSize);
  const data =
    endpointOf(request) === 'services' ? page.map((one) => toServicesView(one, state)) : page.map((one) => toView(one));
  if (state.shiftDue && pageIndex * pageSize < rows.length) {
    state.shiftDue = false;
    state.customers.shift();
  }
  return ok({ data, metadata: { pageIndex, pageSize, totalCount: rows.length } });
}
