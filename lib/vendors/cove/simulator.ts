import type { SimulatorControl } from '../simulator/control';
import { type Simulator, startSimulator } from '../simulator/server';
import { demoData, type SimulatedPartner, type SimulatorData } from './simulator/state';
import { type OwnEnding, SimulatedCove } from './simulator/vendor';

export interface SimulatorOptions extends Partial<SimulatorData> {
  /** 0 or absent: any free port. Always on 127.0.0.1. */
  readonly port?: number;
}

export interface CoveSimulator extends Simulator<OwnEnding> {
  /** The one URL that serves every method. */
  readonly baseUrl: string;
  readonly control: SimulatorControl<OwnEnding> & {
    /** Partners added since the start, in order. */
    customers(): readonly SimulatedPartner[];
  };
}

/**
 * N-able Cove in miniature on a real socket.
 * @throws Error with code `EADDRINUSE` when the port is taken
 */
export async function startCoveSimulator(options: SimulatorOptions = {}): Promise<CoveSimulator> {
  const { port = 0, ...data } = options;
  const vendor = new SimulatedCove({ ...demoData, ...data });
  const { control, ...started } = await startSimulator(vendor, { port });
  return {
    ...started,
    baseUrl: `${started.url}/jsonapi`,
    control: Object.assign(control, { customers: () => vendor.made }),
  };
}
