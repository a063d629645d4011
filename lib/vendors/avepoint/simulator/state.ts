import { SimulatorClock } from '../../simulator/clock';

/**
 * What the simulated AvePoint Elements knows. Written from the vendor's documentation (vendor-apis.md section 1 and the
 * founding document), not from our client: nothing of `contract.ts` or `input.ts` is used here.
 */

/** An app of "Settings > API app registration" (1.2): its permissions and its customer scope. */
export interface ApiApp {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly permissions: readonly string[];
  /** `all`: all customers; else the ids of specific customers. */
  readonly customers: 'all' | readonly string[];
}

export interface SimulatedCustomer {
  readonly id: string;
  readonly organization: string;
  readonly ownerEmail: string;
  readonly countryCode: string;
  /** 0 the customer manages the tenant, 1 the partner does, 2 to be configured (1.8). */
  readonly managementMode: number;
  readonly jobStatus: number;
  readonly dataCenter: string;
  readonly telephoneNumber: string | null;
  /** Written, never read back through the API. */
  readonly tags: readonly string[];
  /** A password came with the request; what it was is not kept. */
  readonly passwordGiven: boolean;
  /** Reads see it from this instant of the simulator's clock on, in epoch milliseconds. */
  readonly visibleFromMs: number;
}

/** A subscription of a customer, as the read model will say it; null is its "N/A". */
export interface SimulatedService {
  readonly customerId: string;
  /** Display name. */
  readonly name: string;
  readonly model: 'Trial' | 'Enterprise';
  readonly seats: number | null;
  readonly expiresAtMs: number | null;
  readonly contractEnd: string | null;
  readonly storage: string | null;
  readonly retention: string | null;
  readonly packageName: string | null;
  readonly source: string | null;
  readonly payment: string | null;
  readonly visibleFromMs: number;
}

export interface SimulatorData {
  readonly tokenLifeSeconds: number;
  readonly apps: readonly ApiApp[];
  /** The account of the partner itself (status 6). */
  readonly partnerAccount: string;
  /** Accounts on the platform that belong to other partners (status 7). */
  readonly accountsElsewhere: readonly string[];
  readonly customers: readonly SimulatedCustomer[];
}

/** 1.3, in full. */
export const permissions = [
  'elements.customers.read.all',
  'elements.customers.readwrite.all',
  'elements.license.read.all',
  'elements.license.readwrite.all',
  'elements.scanprofiles.read.all',
  'elements.jobs.read.all',
  'elements.cbprotected.read.all',
  'elements.report.read.all',
  'elements.bm.baseline.read.all',
  'elements.bm.baseline.readwrite.all',
  'elements.bm.tenant.read.all',
  'elements.bm.tenant.readwrite.all',
  'elements.rm.read.all',
  'elements.um.user.read.all',
  'elements.um.user.readwrite.all',
  'elements.wm.read.all',
] as const;

export function simulatedCustomer(
  number: number,
  organization: string,
  countryCode: string,
  rest: Partial<SimulatedCustomer> = {},
): SimulatedCustomer {
  const [first = 'demo'] = organization.toLowerCase().split(' ');
  return {
    id: `3c7a52d4-91be-4f60-8d2e-${String(number).padStart(12, '0')}`,
    organization,
    ownerEmail: `admin@${first}.example`,
    countryCode,
    managementMode: 1,
    jobStatus: 5,
    dataCenter: '4f93bdff-9b11-47b9-aa68-a86bfa09f61c',
    telephoneNumber: null,
    tags: [],
    passwordGiven: true,
    visibleFromMs: 0,
    ...rest,
  };
}

const harbour = simulatedCustomer(1, 'Northwind Harbour Lda', 'PT');

/** The demo: one partner, two apps and a few customers. The second app sees one customer only. */
export const demoData: SimulatorData = {
  tokenLifeSeconds: 3600,
  apps: [
    { clientId: 'quayside-demo', clientSecret: 'demo-secret-avepoint', permissions, customers: 'all' },
    {
      clientId: 'quayside-demo-specific',
      clientSecret: 'demo-secret-avepoint-specific',
      permissions: permissions.slice(0, 4),
      customers: [harbour.id],
    },
  ],
  partnerAccount: 'partner@ridge-it.example',
  accountsElsewhere: ['owner@elsewhere.example'],
  customers: [
    harbour,
    simulatedCustomer(2, 'Kiel Marine Parts', 'DE', { jobStatus: 1 }),
    simulatedCustomer(3, 'Glasgow Tea Rooms', 'GB', { managementMode: 2, jobStatus: 3 }),
    simulatedCustomer(4, 'Tidewater Freight', 'US', { managementMode: 0, jobStatus: 0 }),
  ],
};

/** The changing part: customers, their services, tokens, clock. */
export class SimulatorState {
  readonly data: SimulatorData;
  readonly clock = new SimulatorClock();
  customers: SimulatedCustomer[];
  services: SimulatedService[] = [];
  /** The list loses its first row once the next page that is not the last has been read. */
  shiftDue = false;
  #tokens = new Map<string, { app: ApiApp; scopes: readonly string[]; expiresAtMs: number }>();

  constructor(data: SimulatorData) {
    this.data = data;
    this.customers = [...data.customers];
  }

  nowMs(): number {
    return this.clock.nowMs();
  }

  issue(token: string, app: ApiApp, scopes: readonly string[]): void {
    this.#tokens.set(token, { app, scopes, expiresAtMs: this.nowMs() + this.data.tokenLifeSeconds * 1000 });
  }

  /** The app behind a bearer token with what the token permits, or null when it is unknown or expired. */
  holderOf(token: string): { readonly app: ApiApp; readonly scopes: readonly string[] } | null {
    const entry = this.#tokens.get(token);
    return entry === undefined || entry.expiresAtMs <= this.nowMs() ? null : entry;
  }

  revokeTokens(): void {
    this.#tokens.clear();
  }

  reset(): void {
    this.customers = [...this.data.customers];
    this.services = [];
    this.shiftDue = false;
    this.#tokens.clear();
  }
}
