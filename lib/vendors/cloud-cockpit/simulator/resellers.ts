import { randomUUID } from 'node:crypto';
import { type ApiAnswer, type ApiRequest, header, parseBody } from '../../simulator/request';
import { invalid } from './routes';
import type { ApiClient, SimulatedReseller, SimulatorState } from './state';
import { readText, sameId, validateReseller } from './validate';

/** `POST /v1/Resellers` (2.5), from the operation's own page: a customer's fields but `zipCode`, for the role csp alone. */
export const isCreateReseller = (request: ApiRequest) =>
  request.method === 'POST' && /^\/v1\/resellers\/*$/i.test(request.path);

type Create =
  | { readonly ok: true; readonly reseller: SimulatedReseller }
  | { readonly ok: false; readonly answer: ApiAnswer };

/** Everything of the create but the writing down. */
export function prepareReseller(request: ApiRequest, client: ApiClient, state: SimulatorState): Create {
  const refuse = (answer: ApiAnswer): Create => ({ ok: false, answer });
  if (client.role !== 'csp') return refuse({ status: 403 });
  if (!/^application\/json\b/i.test(header(request, 'content-type') ?? '')) return refuse({ status: 415 });
  const body = parseBody(request.body);
  if (body === null) return refuse(invalid([{ propertyName: '$', description: ['The body is not a JSON object.'] }]));
  const complaints = validateReseller(body);
  if (complaints.length > 0) return refuse(invalid(complaints));
  const id = readText(body, 'id')?.toLowerCase() ?? randomUUID();
  if (state.resellers.some((one) => sameId(one.id, id))) {
    return refuse(invalid([{ propertyName: 'Id', description: ['A reseller with this id already exists.'] }]));
  }
  return {
    ok: true,
    reseller: {
      id,
      companyName: readText(body, 'companyName') ?? '',
      country: readText(body, 'country') ?? '',
      city: readText(body, 'city') ?? '',
      internalIdentifier: readText(body, 'internalIdentifier'),
      view: Object.fromEntries(Object.entries(body).filter(([key]) => !/^id$/i.test(key))),
    },
  };
}
