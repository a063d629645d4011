import type { Fault } from '../../simulator/faults';
import { type ApiAnswer, type ApiRequest, header, parseBody } from '../../simulator/request';
import type { Handled, SimulatedVendor } from '../../simulator/vendor';
import { isCreateReseller, prepareReseller } from './resellers';
import { answerRead, authenticate, envelope, isCreate, prepareCreate } from './routes';
import { type SimulatorData, SimulatorState } from './state';
import { answerToken, invalidClient, isTokenRequest } from './token';
import { readText } from './validate';

/** Oddities of Cloud Cockpit's yes: the id bare under text/plain, quoted as usual, 200 instead of 201. All are applied. */
const ownEndings = ['bare-id', 'quoted-id', 'status-200'] as const;
export type OwnEnding = (typeof ownEndings)[number];
export type CloudCockpitFault = Fault<OwnEnding>;

/** Cloud Cockpit in miniature, from the vendor's documentation (vendor-apis.md section 2): strict where the vendor is. */
export class SimulatedCloudCockpit implements SimulatedVendor<OwnEnding> {
  readonly own = { endings: ownEndings, applied: ownEndings };
  readonly #state: SimulatorState;

  constructor(data: SimulatorData) {
    this.#state = new SimulatorState(data);
  }

  get clock() {
    return this.#state.clock;
  }
  get resellers() {
    return this.#state.resellers;
  }
  get customers() {
    return this.#state.customers;
  }

  isToken(request: ApiRequest): boolean {
    return isTokenRequest(request);
  }

  handle(request: ApiRequest): Handled {
    const read = (answer: ApiAnswer): Handled => ({ answer, apply: null });
    if (isTokenRequest(request)) return read(answerToken(request, this.#state));
    const client = authenticate(request, this.#state);
    if ('status' in client) return read(client);
    if (isCreateReseller(request)) {
      const added = prepareReseller(request, client, this.#state);
      if (!added.ok) return read(added.answer);
      const { reseller } = added;
      return {
        answer: { status: 201, json: reseller.id },
        apply: (visibleFromMs) => this.#state.resellers.push({ ...reseller, visibleFromMs }),
      };
    }
    if (!isCreate(request)) return read(answerRead(request, client, this.#state) ?? { status: 404 });
    const created = prepareCreate(request, client, this.#state);
    if (!created.ok) return read(created.answer);
    const { customer } = created;
    return {
      answer: { status: 201, json: customer.id },
      apply: (visibleFromMs) => this.#state.customers.push({ ...customer, visibleFromMs }),
    };
  }

  effectOf(request: ApiRequest) {
    if (!isCreate(request) && !isCreateReseller(request)) return null;
    const { companyName, internalIdentifier } = this.note(request);
    return { name: companyName ?? '', identifier: internalIdentifier ?? '' };
  }

  note(request: ApiRequest) {
    const body = request.method === 'POST' ? parseBody(request.body) : null;
    return {
      tenant: header(request, 'x-tenant'),
      internalIdentifier: body === null ? null : readText(body, 'internalIdentifier'),
      companyName: body === null ? null : readText(body, 'companyName'),
    };
  }

  say(fault: CloudCockpitFault, good: ApiAnswer, { isToken }: { readonly isToken: boolean }): ApiAnswer | null {
    const { description, errors } = fault;
    switch (fault.ending) {
      case 'refuse':
        return isToken
          ? invalidClient()
          : envelope(400, {
              type: 'ValidationException',
              description: description ?? 'One or more validation errors occurred.',
              errors: Array.isArray(errors)
                ? errors
                : [{ propertyName: 'CompanyName', description: ['The company name is not accepted.'] }],
            });
      case 'conflict':
        return envelope(409, {
          type: 'ConflictException',
          description: description ?? 'The customer already exists.',
        });
      case 'not-found':
        return envelope(404, { type: 'NotFoundException', description: 'The resource was not found.' });
      case 'error-before':
      case 'error-after':
        return envelope(500, { type: 'Exception', description: 'An unexpected error occurred.' });
      case 'wrong-shape':
        return { status: good.status, json: { id: good.json } };
      case 'bare-id': {
        const text = typeof good.json === 'string' ? good.json : JSON.stringify(good.json ?? null);
        return { status: good.status, text, headers: { 'content-type': 'text/plain; charset=utf-8' } };
      }
      case 'status-200':
        return { ...good, status: 200 };
      default:
        return null;
    }
  }

  revokeTokens(): void {
    this.#state.revokeTokens();
  }

  state(): unknown {
    const { instances, tenantDomain, tokenLifeSeconds } = this.#state.data;
    const { customers, resellers } = this.#state;
    return { customers, resellers, instances, tenantDomain, tokenLifeSeconds };
  }

  reset(): void {
    this.#state.reset();
  }
}
