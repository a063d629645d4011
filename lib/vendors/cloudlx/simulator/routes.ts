import { type ApiAnswer, type ApiRequest, type Body, header, parseBody } from '../../simulator/request';
import { badAccept, invalid, refusal, unauthenticated } from './answers';
import type { SimulatedCustomer, SimulatedRealm, SimulatedUser, SimulatorState } from './state';
import { isTokenRequest } from './token';
import { idsOf, validateCreate } from './validate';

/** The API itself (vendor-apis.md 4.1 to 4.6), without a socket: a request in, an answer out. */

const customersPath = '/api/customers';
const onePath = /^\/api\/customers\/([^/]+)$/;

export const isCreate = (request: ApiRequest) => request.method === 'POST' && request.path === customersPath;

/** Methods by path, as far as they are played here; the vendor has more. */
function methodsOf(path: string, state: SimulatorState): readonly string[] | null {
  if (path === customersPath) return ['GET', 'POST'];
  if (onePath.test(path) || path === '/api/users') return ['GET'];
  if ((path === '/api/realms' || path === '/api/sub-realms') && state.data.listsRealms) return ['GET'];
  return null;
}

/**
 * What is decided before the request is looked at, in Dingo's order: the Accept header, the route, the token.
 * @returns the refusal, or null when the request may go on
 */
export function guard(request: ApiRequest, state: SimulatorState): ApiAnswer | null {
  if (!/^application\/vnd\.cloudlx\.v1\+json$/.test((header(request, 'accept') ?? '').trim())) return badAccept();
  if (isTokenRequest(request)) return null;
  const methods = methodsOf(request.path, state);
  if (methods === null) return refusal(404);
  if (!methods.includes(request.method)) return { ...refusal(405), headers: { allow: methods.join(', ') } };
  const [, token = ''] = /^Bearer (\S+)$/.exec(header(request, 'authorization') ?? '') ?? [];
  return state.clientOf(token) === null ? unauthenticated() : null;
}

export function answerRead(request: ApiRequest, state: SimulatorState): ApiAnswer {
  const isVisible = (one: { readonly visibleFromMs: number }) => one.visibleFromMs <= state.nowMs();
  const answer = (json: unknown): ApiAnswer => ({ status: 200, json });
  switch (request.path) {
    case customersPath:
      return answer({ customers: state.customers.filter(isVisible).map((one) => toView(one, state)) });
    case '/api/users':
      return answer({ users: state.users.filter(isVisible).map(toUserView) });
    case '/api/realms':
      return answer({ realms: state.data.realms });
    case '/api/sub-realms':
      return answer({ sub_realms: state.data.subRealms });
    default: {
      const id = onePath.exec(request.path)?.[1] ?? '';
      const customer = state.customers.filter(isVisible).find((one) => String(one.id) === id);
      return customer === undefined ? refusal(404) : answer(toView(customer, state));
    }
  }
}

type Create =
  | {
      readonly ok: true;
      readonly customer: SimulatedCustomer;
      readonly user: SimulatedUser;
      readonly answer: ApiAnswer;
    }
  | { readonly ok: false; readonly answer: ApiAnswer };

/** Everything of `POST /api/customers` but the writing down. Its yes is 200, not 201 (4.8). */
export function prepareCreate(request: ApiRequest, state: SimulatorState): Create {
  // What is not JSON has no fields: Laravel then misses every one of them.
  const isJson = /^application\/json\b/i.test(header(request, 'content-type') ?? '');
  const body: Body = (isJson ? parseBody(request.body) : null) ?? {};
  const complaints = validateCreate(body, state);
  if (Object.keys(complaints).length > 0) return { ok: false, answer: invalid(complaints) };
  const text = (key: string) => (typeof body[key] === 'string' ? body[key].trim() : '');
  const id = state.nextId();
  const customer: SimulatedCustomer = {
    id,
    name: text('name'),
    currency: text('currency_iso'),
    country: text('country_iso'),
    realms: idsOf(body.realms),
    shownSubRealms: idsOf(body.shown_sub_realms),
    enabledSubRealms: idsOf(body.enabled_sub_realms),
    correlationId: header(request, 'x-correlation-id'),
    visibleFromMs: 0,
  };
  const user: SimulatedUser = {
    id: id + 2200,
    customerId: id,
    email: text('email'),
    firstName: text('first_name'),
    lastName: text('last_name'),
    roleGroup: text('role_group'),
    visibleFromMs: 0,
  };
  // The create's sample names realms without their ids (4.3); the first user is not echoed.
  return { ok: true, customer, user, answer: { status: 200, json: toView(customer, state, { realmIds: false }) } };
}

const currencyNames = new Intl.DisplayNames(['en'], { type: 'currency' });
const countryNames = new Intl.DisplayNames(['en'], { type: 'region' });

/** A customer as the API shows it. Sample texts: "GBP - British Pound", and a currency with a country-like `iso_2`. */
export function toView(customer: SimulatedCustomer, state: SimulatorState, { realmIds = true } = {}): Body {
  const { id, name, currency, country } = customer;
  const pick = (ids: readonly number[], from: readonly SimulatedRealm[]) => from.filter((one) => ids.includes(one.id));
  return {
    id,
    name,
    currency: { name: `${currency} - ${currencyNames.of(currency)}`, iso_2: currency.slice(0, 2), iso_3: currency },
    country: { iso_2: country, name: countryNames.of(country) },
    realms: pick(customer.realms, state.data.realms).map((realm) =>
      realmIds ? realm : { name: realm.name, description: realm.description },
    ),
    sub_realms: pick(customer.shownSubRealms, state.data.subRealms).map((subRealm) => ({
      ...subRealm,
      has_access: customer.enabledSubRealms.includes(subRealm.id),
    })),
  };
}

function toUserView(user: SimulatedUser): Body {
  const { id, customerId, email, firstName, lastName } = user;
  return {
    id,
    customer_id: customerId,
    email,
    first_name: firstName,
    last_name: lastName,
    phone: null,
    time_zone: 'Europe/London',
  };
}
