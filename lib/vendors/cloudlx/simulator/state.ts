import { randomBytes } from 'node:crypto';
import { SimulatorClock } from '../../simulator/clock';

/**
 * What the simulated CloudLX knows. Written from the vendor's documentation (vendor-apis.md section 4), not from our
 * client: nothing of `contract.ts` or `input.ts` is used here.
 */

/** An entry of "API Applications" in the portal (4.2). */
export interface ApiClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface SimulatedRealm {
  readonly id: number;
  readonly name: string;
  readonly description: string | null;
}

export interface SimulatedCustomer {
  readonly id: number;
  readonly name: string;
  /** ISO 4217. */
  readonly currency: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly realms: readonly number[];
  readonly shownSubRealms: readonly number[];
  readonly enabledSubRealms: readonly number[];
  /** The `X-Correlation-Id` of the request that made it. */
  readonly correlationId: string | null;
  /** Reads see it from this instant of the simulator's clock on, in epoch milliseconds. */
  readonly visibleFromMs: number;
}

export interface SimulatedUser {
  readonly id: number;
  readonly customerId: number;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly roleGroup: string;
  readonly visibleFromMs: number;
}

export interface SimulatorData {
  readonly accessLifeSeconds: number;
  readonly refreshLifeSeconds: number;
  readonly clients: readonly ApiClient[];
  readonly realms: readonly SimulatedRealm[];
  readonly subRealms: readonly SimulatedRealm[];
  readonly roleGroups: readonly string[];
  /** Off: the realms and sub-realms cannot be read, as nobody outside has seen these endpoints. */
  readonly listsRealms: boolean;
  readonly customers: readonly SimulatedCustomer[];
  readonly users: readonly SimulatedUser[];
}

const realm = (id: number, name: string, description: string | null = null): SimulatedRealm => ({
  id,
  name,
  description,
});

const customer = (
  id: number,
  name: string,
  codes: readonly [currency: string, country: string],
  subRealms: readonly number[] = [],
): SimulatedCustomer => ({
  id,
  name,
  currency: codes[0],
  country: codes[1],
  realms: [1, 2],
  shownSubRealms: subRealms,
  enabledSubRealms: subRealms.slice(0, 1),
  correlationId: null,
  visibleFromMs: 0,
});

const user = (id: number, customerId: number, email: string): SimulatedUser => ({
  id,
  customerId,
  email,
  firstName: 'Alex',
  lastName: 'Morgan',
  roleGroup: 'Admin',
  visibleFromMs: 0,
});

/** The demo: one API application, the realms that are known by id, and a few customers with a user each. */
export const demoData: SimulatorData = {
  accessLifeSeconds: 3600,
  refreshLifeSeconds: 604_800,
  clients: [{ clientId: 'quayside-demo', clientSecret: 'demo-secret-cloudlx' }],
  realms: [
    realm(1, 'Default', 'Account administration and support.'),
    realm(2, 'Networking', 'Cloud Link Exchange'),
    realm(7, 'Voice', 'Use the Voice app to buy geographic, toll free, mobile, and premium rate numbers globally.'),
  ],
  subRealms: [
    realm(301, 'Ethernet'),
    realm(305, 'Internet access'),
    realm(313, 'SD WAN'),
    realm(319, 'Data centre cross connects', 'Ports and cross connects in partner sites.'),
    realm(328, 'Cloud SBC & Conversion'),
    realm(331, 'Number porting'),
  ],
  roleGroups: ['Admin'],
  listsRealms: true,
  customers: [
    customer(6901, 'Northwind Harbour Lda', ['EUR', 'PT'], [313]),
    customer(6902, 'Atlas Bakery', ['EUR', 'PT']),
    customer(6903, 'Kiel Marine Parts', ['EUR', 'DE'], [313, 328]),
    customer(6904, 'Forge & Field', ['GBP', 'GB']),
  ],
  users: [
    user(9101, 6901, 'office@northwind.example'),
    user(9102, 6902, 'Office@Atlas.example'),
    user(9103, 6903, 'office@kiel-marine.example'),
    user(9104, 6904, 'office@forge.example'),
  ],
};

interface Token {
  readonly client: ApiClient;
  readonly expiresAtMs: number;
}

/** The changing part: customers, users, tokens, clock. */
export class SimulatorState {
  readonly data: SimulatorData;
  readonly clock = new SimulatorClock();
  customers: SimulatedCustomer[];
  users: SimulatedUser[];
  #lastId: number;
  #access = new Map<string, Token>();
  /** By refresh token, with the access token it was issued with. */
  #refresh = new Map<string, Token & { readonly access: string }>();

  constructor(data: SimulatorData) {
    this.data = data;
    this.customers = [...data.customers];
    this.users = [...data.users];
    this.#lastId = Math.max(6917, ...data.customers.map(({ id }) => id));
  }

  nowMs(): number {
    return this.clock.nowMs();
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** A pair of tokens of 40 characters each. */
  issue(client: ApiClient): { readonly access: string; readonly refresh: string } {
    const [access, refresh] = [randomBytes(20).toString('hex'), randomBytes(20).toString('hex')];
    const endsIn = (seconds: number) => this.nowMs() + seconds * 1000;
    this.#access.set(access, { client, expiresAtMs: endsIn(this.data.accessLifeSeconds) });
    this.#refresh.set(refresh, { client, access, expiresAtMs: endsIn(this.data.refreshLifeSeconds) });
    return { access, refresh };
  }

  /** Takes a refresh token and ends the pair it belongs to; null when it is unknown, used, expired or another client's. */
  redeem(refresh: string, client: ApiClient): ApiClient | null {
    const entry = this.#refresh.get(refresh);
    if (entry === undefined || entry.expiresAtMs <= this.nowMs() || entry.client.clientId !== client.clientId)
      return null;
    this.#refresh.delete(refresh);
    this.#access.delete(entry.access);
    return entry.client;
  }

  /** The client behind a bearer token, or null when it is unknown or expired. */
  clientOf(access: string): ApiClient | null {
    const entry = this.#access.get(access);
    return entry === undefined || entry.expiresAtMs <= this.nowMs() ? null : entry.client;
  }

  change(id: number, change: (customer: SimulatedCustomer) => SimulatedCustomer): void {
    this.customers = this.customers.map((one) => (one.id === id ? change(one) : one));
  }

  revokeAccess(): void {
    this.#access.clear();
  }

  revokeTokens(): void {
    this.#access.clear();
    this.#refresh.clear();
  }

  reset(): void {
    this.customers = [...this.data.customers];
    this.users = [...this.data.users];
    this.#lastId = Math.max(6917, ...this.data.customers.map(({ id }) => id));
    this.revokeTokens();
  }
}
