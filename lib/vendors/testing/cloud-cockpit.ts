import { createCloudCockpitAdapter } from '../cloud-cockpit/adapter';
import {
  type CloudCockpitSimulator,
  type SimulatorOptions,
  startCloudCockpitSimulator,
} from '../cloud-cockpit/simulator';
import type { VendorAdapter, VendorConnection } from '../vendor';
import { type OwnHttp, ownHttp } from './own-http';
import { testConnection } from './vendor-call';

/** The simulator on a real socket, an adapter with sockets and tokens of its own, and a clock that never waits. */
export interface CloudCockpitSetUp extends OwnHttp {
  readonly simulator: CloudCockpitSimulator;
  readonly adapter: VendorAdapter;
  /** A connection of its own to this simulator, as the demo's CSP. */
  connect(rest?: Partial<VendorConnection>): VendorConnection;
  stop(): Promise<void>;
}

export async function setUpCloudCockpit(options: SimulatorOptions = {}): Promise<CloudCockpitSetUp> {
  const simulator = await startCloudCockpitSimulator(options);
  const own = ownHttp();
  return {
    simulator,
    ...own,
    adapter: createCloudCockpitAdapter(own.http),
    connect: (rest = {}) =>
      testConnection({
        baseUrl: simulator.url,
        tokenUrl: simulator.tokenUrl,
        settings: { tenantDomain: 'portal.ridge-it.example', clientId: 'quayside-demo', scope: '' },
        secrets: { clientSecret: 'demo-secret-cloud-cockpit' },
        ...rest,
      }),
    async stop() {
      await own.http.close();
      await simulator.stop();
    },
  };
}
