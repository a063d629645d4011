import { createCloudCockpitAdapter } from '../cloud-cockpit/adapter';
import {
  type CloudCockpitSimulator,
  type SimulatorOptions,
  startCloudCockpitSimulator,
} from '../cloud-cockpit/simulator';
import { VendorHttp } from '../http/client';
import type { Clock } from '../http/retry';
import type { CustomerFacts, RequestContext, VendorAdapter, VendorConnection } from '../vendor';
import { testConnection } from './vendor-call';

/** The simulator on a real socket, an adapter with sockets and tokens of its own, and a clock that never waits. */
export interface CloudCockpitSetUp {
  readonly simulator: CloudCockpitSimulator;
  readonly http: VendorHttp;
  readonly adapter: VendorAdapter;
  /** Milliseconds that the client would have waited between tries. */
  readonly waits: number[];
  /** A connection of its own to this simulator, as the demo's CSP. */
  connect(rest?: Partial<VendorConnection>): VendorConnection;
  stop(): Promise<void>;
}

export async function setUpCloudCockpit(options: SimulatorOptions = {}): Promise<CloudCockpitSetUp> {
  const simulator = await startCloudCockpitSimulator(options);
  const waits: number[] = [];
  const clock: Clock = {
    now: Date.now,
    random: () => 0.5,
    sleep: async (ms, signal) => {
      waits.push(ms);
      signal.throwIfAborted();
    },
  };
  const http = new VendorHttp({ clock });
  return {
    simulator,
    http,
    adapter: createCloudCockpitAdapter(http),
    waits,
    connect: (rest = {}) =>
      testConnection({
        baseUrl: simulator.url,
        tokenUrl: simulator.tokenUrl,
        settings: { tenantDomain: 'portal.ridge-it.example', clientId: 'quayside-demo', scope: '' },
        secrets: { clientSecret: 'demo-secret-cloud-cockpit' },
        ...rest,
      }),
    async stop() {
      await http.close();
      await simulator.stop();
    },
  };
}

export const zeus: CustomerFacts = {
  name: 'Zeus & Sons',
  legalName: 'Zeus & Sons Lda',
  taxId: 'PT509999999',
  country: 'PT',
  addressLine1: 'Rua do Porto 1',
  addressLine2: '',
  city: 'Lisboa',
  state: 'Lisboa',
  zip: '1000-001',
  firstName: 'Ana',
  middleName: '',
  lastName: 'Silva',
  email: 'ana@zeus.example',
  phone: '+351 210 000 000',
  website: 'https://zeus.example',
};

export function contextOf(call: { readonly correlationId: string }, mappingId: string | null = null): RequestContext {
  return { correlationId: call.correlationId, mappingId, mappingName: null, profile: null };
}
