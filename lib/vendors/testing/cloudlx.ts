import { createCloudlxAdapter } from '../cloudlx/adapter';
import { type CloudlxSimulator, type SimulatorOptions, startCloudlxSimulator } from '../cloudlx/simulator';
import { VendorHttp } from '../http/client';
import type { Clock } from '../http/retry';
import type { VendorAdapter, VendorConnection } from '../vendor';
import { testConnection } from './vendor-call';

/** The simulator on a real socket, an adapter with sockets and tokens of its own, and a clock that never waits. */
export interface CloudlxSetUp {
  readonly simulator: CloudlxSimulator;
  readonly adapter: VendorAdapter;
  /** Milliseconds that the client would have waited between tries. */
  readonly waits: number[];
  /** Lets time pass for our side alone. */
  advance(ms: number): void;
  /** A connection of its own to this simulator, as the demo's API application. */
  connect(rest?: Partial<VendorConnection>): VendorConnection;
  stop(): Promise<void>;
}

export async function setUpCloudlx(options: SimulatorOptions = {}): Promise<CloudlxSetUp> {
  const simulator = await startCloudlxSimulator(options);
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
    adapter: createCloudlxAdapter(http),
    waits,
    advance: (ms) => {
      offsetMs += ms;
    },
    connect: (rest = {}) =>
      testConnection({
        baseUrl: simulator.url,
        settings: { clientId: 'quayside-demo' },
        secrets: { clientSecret: 'demo-secret-cloudlx' },
        ...rest,
      }),
    async stop() {
      await http.close();
      await simulator.stop();
    },
  };
}
