import { randomUUID } from 'node:crypto';
import type { Fault } from '../../simulator/faults';
import { type ApiAnswer, type ApiRequest, isBody, parseBody } from '../../simulator/request';
import type { Handled, SimulatedVendor } from '../../simulator/vendor';
import { badRequest, errorBody, ok } from './answers';
import { answerBatch, authorize, endpointOf, prepareCreate } from './routes';
import { customerOf, prepareAdd } from './services';
import { type SimulatorData, SimulatorState } from './state';
import { answerToken, isTokenRequest, tokenError } from './token';
import { readText } from './validate';

/**
 * What only AvePoint does. `status`: 200 with the business status of `code` (`sim:status-7`), nothing applied.
 * `customer-id`: the id under the name of the founding document's sample. `no-id`: a yes without an id. `shift`: the list
 * loses its first row between two pages of the next read, so that the second page misses one. `other-product`,
 * `other-customer`: a yes to an added service that speaks of something else.
 */
const ownEndings = ['status', 'customer-id', 'no-id', 'shift', 'other-product', 'other-customer'] as const;
export type OwnEnding = (typeof ownEndings)[number];
export type AvepointFault = Fault<OwnEnding>;

/** AvePoint Elements in miniature, from the vendor's documentation (vendor-apis.md section 1): strict where it is. */
export class SimulatedAvepoint implements SimulatedVendor<OwnEnding> {
  readonly own = {
    endings: ownEndings,
    applied: ['customer-id', 'no-id', 'shift', 'other-product', 'other-customer'] as const,
  };
  readonly #state: SimulatorState;

  constructor(data: SimulatorData) {
    this.#state = new SimulatorState(data);
  }

  get clock() {
    return this.#state.clock;
  }
  get customers() {
    return this.#state.customers;
  }
  get services() {
    return this.#state.services;
  }

  isToken(request: ApiRequest): boolean {
    return isTokenRequest(request);
  }

  handle(request: ApiRequest): Handled {
    const read = (answer: ApiAnswer): Handled => ({ answer, apply: null });
    if (isTokenRequest(request)) return read(answerToken(request, this.#state));
    const app = authorize(request, this.#state);
    if ('status' in app) return read(app);
    switch (endpointOf(request)) {
      case null:
        return read(errorBody(404, 'Not Found'));
      case 'batch':
      case 'services':
        return read(answerBatch(request, app, this.#state));
      case 'create': {
        const created = prepareCreate(request, this.#state);
        if (!created.ok) return read(created.answer);
        const { customer } = created;
        return {
          answer: ok({ status: 1, id: customer.id }),
          apply: (visibleFromMs) => this.#state.customers.push({ ...customer, visibleFromMs }),
        };
      }
      case 'add-service': {
        const added = prepareAdd(request, app, this.#state);
        if (!added.ok) return read(added.answer);
        const { service, product } = added;
        return {
          answer: ok({ customerId: service.customerId, product, status: 1 }),
          apply: (visibleFromMs) => this.#state.services.push({ ...service, visibleFromMs }),
        };
      }
    }
  }

  effectOf(request: ApiRequest) {
    // The name of a service's customer was typed for the customer: endings of services come by control alone.
    if (endpointOf(request) === 'add-service') return { name: '', identifier: customerOf(request) };
    if (endpointOf(request) !== 'create') return null;
    const body = parseBody(request.body);
    if (body === null) return { name: '', identifier: '' };
    return {
      name: readText(body, 'organizationName') ?? '',
      identifier: readText(body, 'registrationAccount') ?? '',
    };
  }

  note(request: ApiRequest) {
    const body = endpointOf(request) === 'create' ? parseBody(request.body) : null;
    return {
      organizationName: body === null ? null : readText(body, 'organizationName'),
      registrationAccount: body === null ? null : readText(body, 'registrationAccount'),
      // That one came is worth noting; what it was is nobody's business.
      password: body === null ? null : readText(body, 'password') === null ? 'missing' : 'given',
    };
  }

  say(fault: AvepointFault, good: ApiAnswer, { isToken }: { readonly isToken: boolean }): ApiAnswer | null {
    const answered = isBody(good.json) ? good.json : {};
    // What an answer that is no yes says beside its status.
    const { customerId, product } = answered;
    const about = 'product' in answered ? { customerId, product } : { id: null };
    switch (fault.ending) {
      case 'refuse':
        if (isToken) return tokenError('invalid_client');
        if (Array.isArray(fault.errors))
          return errorBody(400, fault.description ?? 'Bad Request', { errors: fault.errors });
        return badRequest([
          { code: 'InvalidParameter', field: 'organizationName', message: 'The name is not accepted.' },
        ]);
      case 'conflict':
        // AvePoint has no 409: an existing customer is a status.
        return ok({ status: 7, ...about });
      case 'status':
        // A status that says yes would be a lie, as nothing was applied.
        return ok({
          status: fault.code === undefined || fault.code === 1 ? 4 : fault.code,
          ...about,
        });
      case 'customer-id':
        return { ...good, json: { status: answered.status, customerId: answered.id } };
      case 'other-product':
        return { ...good, json: { ...answered, product: typeof answered.product === 'number' ? 4096 : 'FLYOnline' } };
      case 'other-customer':
        return { ...good, json: { ...answered, customerId: randomUUID() } };
      case 'no-id':
        return { ...good, json: { status: answered.status } };
      case 'shift':
        // Set on a page, it strikes right after it; asked for by a customer's name, in the next read.
        if (Array.isArray(answered.data)) this.#state.customers.shift();
        else this.#state.shiftDue = true;
        return good;
      case 'forbidden':
        return isToken ? tokenError('unauthorized_client') : errorBody(403, 'Forbidden');
      case 'not-found':
        return errorBody(404, 'Not Found');
      case 'error-before':
      case 'error-after':
        return errorBody(500, 'Internal Server Error');
      default:
        return null;
    }
  }

  revokeTokens(): void {
    this.#state.revokeTokens();
  }

  state(): unknown {
    const { partnerAccount, accountsElsewhere, tokenLifeSeconds } = this.#state.data;
    return {
      customers: this.#state.customers,
      services: this.#state.services,
      partnerAccount,
      accountsElsewhere,
      tokenLifeSeconds,
    };
  }

  reset(): void {
    this.#state.reset();
  }
}
