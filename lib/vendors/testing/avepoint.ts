import { createAvepointAdapter } from '../avepoint/adapter';
import { type AvepointSimulator, type SimulatorOptions, startAvepointSimulator } from '../avepoint/simulator';
import type { RequestContext, VendorAdapter, VendorConnection } from '../vendor';
import { type OwnHttp, ownHttp } from './own-http';
import { testConnection } from './vendor-call';
import { contextOf as plainContext } from './zeus';

/** The simulator on a real socket, an adapter with sockets and tokens of its own, and a clock that never waits. */
export interface AvepointSetUp extends OwnHttp {
  readonly simulator: AvepointSimulator;
  readonly adapter: VendorAdapter;
  /** A connection of its own to this simulator, as the demo's partner. */
  connect(rest?: Partial<VendorConnection>): VendorConnection;
  stop(): Promise<void>;
}

export async function setUpAvepoint(options: SimulatorOptions = {}): Promise<AvepointSetUp> {
  const simulator = await startAvepointSimulator(options);
  const own = ownHttp();
  return {
    simulator,
    ...own,
    adapter: createAvepointAdapter(own.http),
    connect: (rest = {}) =>
      testConnection({
        baseUrl: simulator.url,
        tokenUrl: simulator.tokenUrl,
        settings: { clientId: 'quayside-demo', scope: '' },
        secrets: { clientSecret: 'demo-secret-avepoint' },
        ...rest,
      }),
    async stop() {
      await own.http.close();
      await simulator.stop();
    },
  };
}

export const westEurope = '4f93bdff-9b11-47b9-aa68-a86bfa09f61c';
export const password = 'Quay-4711-side-Pass!';

/** The same as for any vendor, with a contract's profile. */
export function contextOf(call: { readonly correlationId: string }, profile: string | null = null): RequestContext {
  return { ...plainContext(call), profile };
}
