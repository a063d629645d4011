import { createCoveAdapter } from '../cove/adapter';
import { type CoveSimulator, type SimulatorOptions, startCoveSimulator } from '../cove/simulator';
import type { VendorAdapter, VendorConnection } from '../vendor';
import { type OwnHttp, ownHttp } from './own-http';
import { testConnection } from './vendor-call';

/** The simulator on a real socket, an adapter with sockets and visas of its own, and a clock that never waits. */
export interface CoveSetUp extends OwnHttp {
  readonly simulator: CoveSimulator;
  readonly adapter: VendorAdapter;
  /** A connection of its own to this simulator, as the demo's distributor. */
  connect(rest?: Partial<VendorConnection>): VendorConnection;
  stop(): Promise<void>;
}

export async function setUpCove(options: SimulatorOptions = {}): Promise<CoveSetUp> {
  const simulator = await startCoveSimulator(options);
  const own = ownHttp();
  return {
    simulator,
    ...own,
    adapter: createCoveAdapter(own.http),
    connect: (rest = {}) =>
      testConnection({
        baseUrl: simulator.baseUrl,
        settings: { partner: 'Ridge IT', username: 'quayside-demo' },
        secrets: { password: 'demo-secret-cove' },
        ...rest,
      }),
    async stop() {
      await own.http.close();
      await simulator.stop();
    },
  };
}

/** What of the simulator's log is a method of this name. */
export function callsOf({ simulator }: CoveSetUp, method: string) {
  return simulator.control.log().filter((one) => one.rpcMethod === method);
}

/** The login of a reseller alone: it sees its own subtree. */
export const asHarborLogin = {
  settings: { partner: 'Harbor Cloud', username: 'quayside-demo-harbor' },
  secrets: { password: 'demo-secret-cove-harbor' },
};
