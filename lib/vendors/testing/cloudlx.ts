import { createCloudlxAdapter } from '../cloudlx/adapter';
import { type CloudlxSimulator, type SimulatorOptions, startCloudlxSimulator } from '../cloudlx/simulator';
import type { VendorAdapter, VendorConnection } from '../vendor';
import { type OwnHttp, ownHttp } from './own-http';
import { testConnection } from './vendor-call';

/** The simulator on a real socket, an adapter with sockets and tokens of its own, and a clock that never waits. */
export interface CloudlxSetUp extends OwnHttp {
  readonly simulator: CloudlxSimulator;
  readonly adapter: VendorAdapter;
  /** A connection of its own to this simulator, as the demo's API application. */
  connect(rest?: Partial<VendorConnection>): VendorConnection;
  stop(): Promise<void>;
}

export async function setUpCloudlx(options: SimulatorOptions = {}): Promise<CloudlxSetUp> {
  const simulator = await startCloudlxSimulator(options);
  const own = ownHttp();
  return {
    simulator,
    ...own,
    adapter: createCloudlxAdapter(own.http),
    connect: (rest = {}) =>
      testConnection({
        baseUrl: simulator.url,
        settings: { clientId: 'quayside-demo' },
        secrets: { clientSecret: 'demo-secret-cloudlx' },
        ...rest,
      }),
    async stop() {
      await own.http.close();
      await simulator.stop();
    },
  };
}
