import type { Fault } from '../../simulator/faults';
import { type ApiAnswer, type ApiRequest, type Body, header, isBody, parseBody } from '../../simulator/request';
import type { Handled, SimulatedVendor } from '../../simulator/vendor';
import { type Failure, failure } from './errors';
import { methods } from './methods';
import { type ApiUser, type SimulatorData, SimulatorState } from './state';

/**
 * What only Cove does: an error object inside a 200, chosen by its number ("Zeus sim:rpc-error-2116"), with a new visa
 * beside it, or although the partner was made; and a yes that is void, or speaks of another request.
 */
const ownEndings = [
  'rpc-error',
  'rpc-error-new-visa',
  'rpc-error-after',
  'void-result',
  'other-id',
  'no-visa',
] as const;
export type OwnEnding = (typeof ownEndings)[number];
export type CoveFault = Fault<OwnEnding>;

const appliedEndings: readonly OwnEnding[] = ['rpc-error-after', 'void-result', 'other-id', 'no-visa'];

/** N-able Cove in miniature, from the vendor's documentation (vendor-apis.md section 3): strict where the vendor is. */
export class SimulatedCove implements SimulatedVendor<OwnEnding> {
  readonly own = { endings: ownEndings, applied: appliedEndings };
  readonly #state: SimulatorState;

  constructor(data: SimulatorData) {
    this.#state = new SimulatorState(data);
  }

  get clock() {
    return this.#state.clock;
  }
  get made() {
    return this.#state.made;
  }

  isToken(request: ApiRequest): boolean {
    return parseBody(request.body)?.method === 'Login';
  }

  handle(request: ApiRequest): Handled {
    const read = (answer: ApiAnswer): Handled => ({ answer, apply: null });
    if (request.path !== '/jsonapi') return read({ status: 404 });
    if (request.method !== 'POST') return read({ status: 405 });
    if (!/^application\/json\b/i.test(header(request, 'content-type') ?? '')) return read({ status: 415 });
    const envelope = parseBody(request.body);
    if (envelope === null) return read(refuse(null, { code: -32700, message: 'Parse error' }));
    const { id, jsonrpc, method, params = {} } = envelope;
    const fits = jsonrpc === '2.0' && typeof method === 'string' && isBody(params);
    if (!fits || (typeof id !== 'string' && typeof id !== 'number')) {
      return read(refuse(null, { code: -32600, message: 'Invalid Request' }));
    }
    if (method === 'Login') return read(this.#login(id, params));
    const user = this.#state.userOf(envelope.visa);
    if (user === null) return read(refuse(id, failure(1701)));
    return this.#run(method, { id, params, user });
  }

  #login(id: string | number, params: Body): ApiAnswer {
    const { partner, username, password } = params;
    const user = this.#state.data.users.find((one) => one.username === username && one.password === password);
    const own = user === undefined ? null : this.#state.byId(user.partnerId);
    // The partner's name exactly as in the console: an empty or wrong one is refused like a wrong password.
    if (user === undefined || own === null || own.name !== partner) return refuse(id, failure(2100));
    const info = {
      Id: user.id,
      PartnerId: user.partnerId,
      Name: user.username,
      EmailAddress: `${user.username}@ridge-it.example`,
      RoleId: 1,
      Flags: ['NonInteractive', 'AllowApiAuthentication'],
    };
    return { status: 200, json: { id, jsonrpc: '2.0', result: { result: info }, visa: this.#state.issue(user) } };
  }

  #run(name: string, asked: { readonly id: string | number; readonly params: Body; readonly user: ApiUser }): Handled {
    const { id, params, user } = asked;
    const state = this.#state;
    const method = methods.get(name);
    if (method === undefined) {
      return { answer: refuse(id, { code: -32601, message: `Method ${name} was not found.` }), apply: null };
    }
    const outcome = method({ params, user, state, requestId: String(id) });
    if (!outcome.ok) return { answer: refuse(id, outcome.failure, state.issue(user)), apply: null };
    const result = { result: outcome.value };
    const answer = { status: 200, json: { id, jsonrpc: '2.0', result, visa: state.issue(user) } };
    return { answer, apply: outcome.apply ?? null };
  }

  effectOf(request: ApiRequest) {
    const { rpcMethod, name, externalCode } = this.note(request);
    return rpcMethod === 'AddPartner' ? { name: name ?? '', identifier: externalCode ?? '' } : null;
  }

  note(request: ApiRequest) {
    const body = parseBody(request.body) ?? {};
    const params = isBody(body.params) ? body.params : {};
    const info = isBody(params.partnerInfo) ? params.partnerInfo : {};
    const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : null);
    return {
      requestId: text(body.id),
      rpcMethod: text(body.method),
      name: text(info.Name),
      externalCode: text(info.ExternalCode),
      parentId: text(info.ParentId),
      withVisa: 'visa' in body ? 'yes' : 'no',
      withPassword: 'password' in params ? 'yes' : 'no',
    };
  }

  say(fault: CoveFault, good: ApiAnswer, { isToken }: { readonly isToken: boolean }): ApiAnswer | null {
    const reply = isBody(good.json) ? good.json : {};
    const id = typeof reply.id === 'string' || typeof reply.id === 'number' ? reply.id : null;
    const visa = typeof reply.visa === 'string' ? reply.visa : null;
    const error = (data: number, withVisa: string | null = null) =>
      refuse(id, failure(data, fault.description), withVisa ?? undefined);
    switch (fault.ending) {
      case 'refuse':
        return error(isToken ? 2100 : 2104, visa);
      case 'conflict':
        return error(2115, visa);
      case 'unauthorized':
      case 'expire-token':
        return error(isToken ? 2100 : 1701);
      case 'forbidden':
        return error(13501, visa);
      case 'not-found':
        return error(2101, visa);
      case 'wrong-shape':
        return { ...good, json: { ...reply, result: { unexpected: true } } };
      case 'rpc-error':
      case 'rpc-error-after':
        return fault.code === undefined
          ? refuse(id, { code: -32603, message: fault.description ?? 'Internal error.' })
          : error(fault.code);
      case 'rpc-error-new-visa':
        return error(fault.code ?? 2102, visa);
      case 'void-result':
        return { ...good, json: { ...reply, result: null } };
      case 'other-id':
        return { ...good, json: { ...reply, id: 'another-request' } };
      case 'no-visa':
        return { ...good, json: Object.fromEntries(Object.entries(reply).filter(([key]) => key !== 'visa')) };
      default:
        return null;
    }
  }

  revokeTokens(): void {
    this.#state.revokeVisas();
  }

  state(): unknown {
    const { partners, locations, regions, visaLifeSeconds } = this.#state.data;
    return { partners: [...partners, ...this.#state.made], locations, regions, visaLifeSeconds };
  }

  reset(): void {
    this.#state.reset();
  }
}

/** An error beside the echo of the id; some errors carry the next visa, some do not (3.2). */
function refuse(id: string | number | null, error: Failure, visa?: string): ApiAnswer {
  return { status: 200, json: { id, jsonrpc: '2.0', error, ...(visa === undefined ? {} : { visa }) } };
}
