import { SimulatorClock } from '../../simulator/clock';

/**
 * What the simulated Cloud Cockpit knows. Written from the vendor's documentation (vendor-apis.md section 2), not from
 * our client: nothing of `contract.ts` or `input.ts` is used here.
 */

export type Role = 'csp' | 'reseller';

/** A client of "Portal > Settings > API Access" (2.2), with the role its tokens carry. */
export interface ApiClient {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly role: Role;
  /** The reseller a `reseller` client belongs to. */
  readonly resellerId: string | null;
}

export interface SimulatedReseller {
  readonly id: string;
  readonly companyName: string;
  readonly country: string;
  readonly city: string;
  readonly internalIdentifier: string | null;
  /** What else a create said of it; none of the demo's. */
  readonly view?: Readonly<Record<string, unknown>>;
  /** Reads see it from this instant of the simulator's clock on, in epoch milliseconds. */
  readonly visibleFromMs?: number;
}

export interface SimulatedInstance {
  readonly id: string;
  readonly alias: string;
  readonly provider: string;
  readonly offerTypes: readonly string[];
  readonly supportedCountries: readonly string[];
}

export interface SimulatedCustomer {
  readonly id: string;
  /** The body as received, with what the server adds. */
  readonly view: Readonly<Record<string, unknown>>;
  readonly companyName: string;
  readonly internalIdentifier: string | null;
  readonly resellerId: string | null;
  readonly isDeleted: boolean;
  /** The `X-Correlation-Id` of the request that made it. */
  readonly correlationId: string | null;
  /** Reads see it from this instant of the simulator's clock on, in epoch milliseconds. */
  readonly visibleFromMs: number;
}

export interface SimulatorData {
  readonly tenantDomain: string;
  readonly scope: string;
  readonly tokenLifeSeconds: number;
  readonly clients: readonly ApiClient[];
  readonly resellers: readonly SimulatedReseller[];
  readonly instances: readonly SimulatedInstance[];
  readonly customers: readonly SimulatedCustomer[];
}

const reseller = (end: string, companyName: string, country: string, city: string): SimulatedReseller => ({
  id: `5f0c6a1e-3b57-4f5e-9a53-0d4a3c5b7a${end}`,
  companyName,
  country,
  city,
  internalIdentifier: `R-${end}`,
});

const customer = (
  end: string,
  companyName: string,
  country: string,
  rest: { readonly resellerId?: string; readonly isDeleted?: boolean; readonly internalIdentifier?: string } = {},
): SimulatedCustomer => {
  const id = `9d1f7c52-6a0e-4b7e-8f43-2f6f1d3b0c${end}`;
  const { resellerId = null, isDeleted = false, internalIdentifier = null } = rest;
  const [first = 'demo'] = companyName.toLowerCase().split(' ');
  return {
    id,
    companyName,
    internalIdentifier,
    resellerId,
    isDeleted,
    correlationId: null,
    visibleFromMs: 0,
    view: {
      companyName,
      country,
      addressLine1: 'Main Street 1',
      city: 'Capital',
      state: 'Central',
      zip: '1000',
      firstName: 'Alex',
      lastName: 'Morgan',
      email: `office@${first}.example`,
      phone: '+351210000000',
    },
  };
};

const harbor = reseller('01', 'Harbor Cloud', 'PT', 'Porto');
const pine = reseller('02', 'Pine Systems', 'DE', 'Kiel');

/** The demo: one CSP portal, its resellers, three provider instances and a few customers, one of them deleted. */
export const demoData: SimulatorData = {
  tenantDomain: 'portal.ridge-it.example',
  scope: 'api://b92a36a4-feb8-4f47-a69c-29a180aa6d0a/.default',
  tokenLifeSeconds: 3599,
  clients: [
    { clientId: 'quayside-demo', clientSecret: 'demo-secret-cloud-cockpit', role: 'csp', resellerId: null },
    {
      clientId: 'quayside-demo-harbor',
      clientSecret: 'demo-secret-cloud-cockpit-harbor',
      role: 'reseller',
      resellerId: harbor.id,
    },
  ],
  resellers: [
    harbor,
    pine,
    reseller('03', 'Altamar Informática', 'ES', 'Vigo'),
    reseller('04', 'Blue Fjord IT', 'NO', 'Bergen'),
    reseller('05', 'Canal Networks', 'NL', 'Utrecht'),
    reseller('06', 'Delta Nuvem', 'PT', 'Lisboa'),
    reseller('07', 'Elbe Digital', 'DE', 'Hamburg'),
    reseller('08', 'Forge & Field', 'GB', 'Leeds'),
    reseller('09', 'Granite Managed Services', 'IE', 'Cork'),
    reseller('10', 'Hilltop Computing', 'FR', 'Lyon'),
    reseller('11', 'Isola Sistemi', 'IT', 'Genova'),
    reseller('12', 'Juniper Works', 'SE', 'Malmö'),
  ],
  instances: [
    {
      id: 'cb3cd15b-1d6e-45be-b493-c71549cbfd87',
      alias: 'Microsoft CSP Europe',
      provider: 'Microsoft',
      offerTypes: ['License', 'SoftwareSubscription', 'PerpetualSoftware', 'AzurePlan', 'AzureReservation'],
      supportedCountries: ['PT', 'ES', 'DE', 'FR', 'GB', 'NL', 'IE', 'IT', 'NO', 'SE'],
    },
    {
      id: '2c8a54a4-51c3-4b7f-9a51-7f7d54d7a9b2',
      alias: 'Microsoft CSP United States',
      provider: 'Microsoft',
      offerTypes: ['License', 'AzurePlan'],
      supportedCountries: ['US', 'CA'],
    },
    {
      id: '7e9b0b7d-3f5b-45d0-8d0e-6a9f0e3c1f44',
      alias: 'Microsoft Education',
      provider: 'Microsoft',
      offerTypes: ['License', 'LicenseLegacy'],
      supportedCountries: ['PT', 'DE', 'GB'],
    },
  ],
  customers: [
    customer('01', 'Northwind Harbour Lda', 'PT', { internalIdentifier: 'NW-1' }),
    customer('02', 'Atlas Bakery', 'PT', { resellerId: harbor.id, internalIdentifier: 'AB-7' }),
    customer('03', 'Kiel Marine Parts', 'DE', { resellerId: pine.id }),
    customer('04', 'Closed Doors Ltd', 'GB', { isDeleted: true, internalIdentifier: 'CD-9' }),
  ],
};

/** The changing part: customers, tokens, clock. */
export class SimulatorState {
  readonly data: SimulatorData;
  readonly clock = new SimulatorClock();
  customers: SimulatedCustomer[];
  resellers: SimulatedReseller[];
  #tokens = new Map<string, { readonly client: ApiClient; readonly expiresAtMs: number }>();

  constructor(data: SimulatorData) {
    this.data = data;
    this.customers = [...data.customers];
    this.resellers = [...data.resellers];
  }

  /** Resellers that reads see by now. */
  get shownResellers(): readonly SimulatedReseller[] {
    return this.resellers.filter(({ visibleFromMs = 0 }) => visibleFromMs <= this.nowMs());
  }

  nowMs(): number {
    return this.clock.nowMs();
  }

  issue(token: string, client: ApiClient): void {
    this.#tokens.set(token, { client, expiresAtMs: this.nowMs() + this.data.tokenLifeSeconds * 1000 });
  }

  /** The client behind a bearer token, or null when it is unknown or expired. */
  clientOf(token: string): ApiClient | null {
    const entry = this.#tokens.get(token);
    return entry === undefined || entry.expiresAtMs <= this.nowMs() ? null : entry.client;
  }

  revokeTokens(): void {
    this.#tokens.clear();
  }

  reset(): void {
    this.customers = [...this.data.customers];
    this.resellers = [...this.data.resellers];
    this.#tokens.clear();
  }
}
