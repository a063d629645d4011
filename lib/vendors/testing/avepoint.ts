import { createAvepointAdapter } from '../avepoint/adapter';
import { type AvepointSimulator, type SimulatorOptions, startAvepointSimulator } from '../avepoint/simulator';
import { VendorHttp } from '../http/client';
import type { Clock } from '../http/retry';
import type { CustomerFacts, RequestContext, VendorAdapter, VendorConnection } from '../vendor';
import { testConnection } from './vendor-call';

/** The simulator on a real socket, an adapter with sockets and tokens of its own, and a clock that never waits. */
export interface AvepointSetUp {
  readonly simulator: AvepointSimulator;
  readonly http: VendorHttp;
  readonly adapter: VendorAdapter;
  /** Milliseconds that the client would have waited between tries. */
  readonly waits: number[];
  /** A connection of its own to this simulator, as the demo's partner. */
  connect(rest?: Partial<VendorConnection>): VendorConnection;
  stop(): Promise<void>;
}

export async function setUpAvepoint(options: SimulatorOptions = {}): Promise<AvepointSetUp> {
  const simulator = await startAvepointSimulator(options);
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
    adapter: createAvepointAdapter(http),
    waits,
    connect: (rest = {}) =>
      testConnection({
        baseUrl: simulator.url,
        tokenUrl: simulator.tokenUrl,
        settings: { clientId: 'quayside-demo', scope: '' },
        secrets: { clientSecret: 'demo-secret-avepoint' },
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

export const westEurope = '4f93bdff-9b11-47b9-aa68-a86bfa09f61c';
export const password = 'Quay-4711-side-Pass!';

export function contextOf(call: { readonly correlationId: string }, profile: string | null = null): RequestContext {
  return { correlationId: call.correlationId, mappingId: null, mappingName: null, profile };
}
