import type { Fault } from '../../simulator/faults';
import { type ApiAnswer, type ApiRequest, header, isBody, parseBody } from '../../simulator/request';
import type { Handled, SimulatedVendor } from '../../simulator/vendor';
import { invalid, invalidClient, notAllowed, refusal, unauthenticated } from './answers';
import { answerRead, guard, isCreate, prepareCreate, toView } from './routes';
import { type SimulatorData, SimulatorState } from './state';
import { answerToken, isTokenRequest } from './token';

/** What only CloudLX does; each of them is applied. */
const ownEndings = [
  'sub-realms-missing', // created, the last of the shown sub-realms left out
  'not-enabled', // created, no sub-realm enabled
  'user-failed', // the customer made, then 422 for the e-mail address of its first user
  'status-201', // a yes that is 201
] as const;
export type OwnEnding = (typeof ownEndings)[number];
export type CloudlxFault = Fault<OwnEnding>;

/** CloudLX in miniature, from the vendor's documentation (vendor-apis.md section 4): strict where the vendor is. */
export class SimulatedCloudlx implements SimulatedVendor<OwnEnding> {
  readonly own = { endings: ownEndings, applied: ownEndings };
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
  get users() {
    return this.#state.users;
  }

  isToken(request: ApiRequest): boolean {
    return isTokenRequest(request);
  }

  handle(request: ApiRequest): Handled {
    const state = this.#state;
    const stopped = guard(request, state);
    if (stopped !== null) return { answer: stopped, apply: null };
    if (isTokenRequest(request)) return { answer: answerToken(request, state), apply: null };
    if (!isCreate(request)) return { answer: answerRead(request, state), apply: null };
    const created = prepareCreate(request, state);
    if (!created.ok) return { answer: created.answer, apply: null };
    const { customer, user, answer } = created;
    const apply = (visibleFromMs: number) => {
      state.customers.push({ ...customer, visibleFromMs });
      state.users.push({ ...user, visibleFromMs });
    };
    return { answer, apply };
  }

  effectOf(request: ApiRequest) {
    if (!isCreate(request)) return null;
    const body = parseBody(request.body);
    const text = (value: unknown) => (typeof value === 'string' ? value : '');
    return { name: text(body?.name), identifier: text(body?.email) };
  }

  note(request: ApiRequest) {
    const body = isCreate(request) ? parseBody(request.body) : null;
    return {
      accept: header(request, 'accept'),
      customerName: typeof body?.name === 'string' ? body.name : null,
    };
  }

  say(fault: CloudlxFault, good: ApiAnswer, { isToken }: { readonly isToken: boolean }): ApiAnswer | null {
    switch (fault.ending) {
      case 'refuse':
        if (isToken) return invalidClient();
        return invalid(fault.errors ?? { name: ['The name format is invalid.'] }, fault.description);
      case 'conflict':
        return refusal(409, fault.description);
      case 'unauthorized':
      case 'expire-token':
        return isToken ? invalidClient() : unauthenticated();
      case 'forbidden':
        return notAllowed();
      case 'not-found':
      case 'request-timeout':
        return refusal(fault.ending === 'not-found' ? 404 : 408);
      case 'error-before':
      case 'error-after':
        return refusal(500);
      case 'sub-realms-missing':
        return this.#changed(good, (shown) => ({ shownSubRealms: shown.slice(0, -1) }));
      case 'not-enabled':
        return this.#changed(good, () => ({ enabledSubRealms: [] }));
      case 'user-failed':
        this.#state.users = this.#state.users.filter((user) => user.customerId !== idOf(good));
        return invalid({ email: ['The email has already been taken.'] }, 'Could not create the user.');
      case 'status-201':
        return { ...good, status: 201 };
      default:
        return null;
    }
  }

  /** The yes about a customer that was written down otherwise than asked. */
  #changed(
    good: ApiAnswer,
    change: (
      shown: readonly number[],
    ) => { shownSubRealms: readonly number[] } | { enabledSubRealms: readonly number[] },
  ): ApiAnswer {
    const id = idOf(good);
    this.#state.change(id, (customer) => ({ ...customer, ...change(customer.shownSubRealms) }));
    const customer = this.#state.customers.find((one) => one.id === id);
    return customer === undefined ? good : { ...good, json: toView(customer, this.#state, { realmIds: false }) };
  }

  revokeTokens(): void {
    this.#state.revokeTokens();
  }

  /** `POST /__control/revoke-access`: every access token ends, the refresh tokens stay good. */
  control(action: string): ApiAnswer | null {
    if (action !== 'POST revoke-access') return null;
    this.#state.revokeAccess();
    return { status: 200, json: { done: true } };
  }

  state(): unknown {
    const { realms, subRealms, roleGroups, accessLifeSeconds, refreshLifeSeconds } = this.#state.data;
    const { customers, users } = this.#state;
    return { customers, users, realms, subRealms, roleGroups, accessLifeSeconds, refreshLifeSeconds };
  }

  reset(): void {
    this.#state.reset();
  }
}

const idOf = ({ json }: ApiAnswer) => (isBody(json) && typeof json.id === 'number' ? json.id : 0);
