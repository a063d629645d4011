import { createCoveAdapter } from '../cove/adapter';
import { type CoveSimulator, type SimulatorOptions, startCoveSimulator } from '../cove/simulator';
import { VendorHttp } from '../http/client';
import type { Clock } from '../http/retry';
import type { VendorAdapter, VendorConnection } from '../vendor';
import { testConnection } from './vendor-call';

/** The simulator on a real socket, an adapter with sockets and visas of its own, and a clock that never waits. */
export interface CoveSetUp {
  readonly simulator: CoveSimulator;
  readonly http: VendorHttp;
  readonly adapter: VendorAdapter;
  /** Milliseconds that the client would have waited between tries. */
  readonly waits: number[];
  /** Moves our own clock, which the age of a visa is told by. */
  advance(ms: number): void;
  /** A connection of its own to this simulator, as the demo's distributor. */
  connect(rest?: Partial<VendorConnection>): VendorConnection;
  stop(): Promise<void>;
}

export async function setUpCove(options: SimulatorOptions = {}): Promise<CoveSetUp> {
  const simulator = await startCoveSimulator(options);
  const waits: number[] = [];
  let offsetMs = 0;
  const clock: Clock = {
    now: () => Date.now() + offsetMs,
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
    adapter: createCoveAdapter(http),
    waits,
    advance: (ms) => {
      offsetMs += ms;
    },
    connect: (rest = {}) =>
      testConnection({
        baseUrl: simulator.baseUrl,
        settings: { partner: 'Ridge IT', username: 'quayside-demo' },
        secrets: { password: 'demo-secret-cove' },
        ...rest,
      }),
    async stop() {
      await http.close();
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
