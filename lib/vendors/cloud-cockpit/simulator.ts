import type { SimulatorControl } from '../simulator/control';
import { type Simulator, startSimulator } from '../simulator/server';
import { demoData, type SimulatedCustomer, type SimulatedReseller, type SimulatorData } from './simulator/state';
import { tokenPath } from './simulator/token';
import { type OwnEnding, SimulatedCloudCockpit } from './simulator/vendor';

export interface SimulatorOptions extends Partial<SimulatorData> {
  /** 0 or absent: any free port. Always on 127.0.0.1. */
  readonly port?: number;
}

export interface CloudCockpitSimulator extends Simulator<OwnEnding> {
  readonly tokenUrl: string;
  readonly control: SimulatorControl<OwnEnding> & {
    customers(): readonly SimulatedCustomer[];
    /** The demo's, and those added since. */
    resellers(): readonly SimulatedReseller[];
  };
}

/**
 * Cloud Cockpit in miniature on a real socket.
 * @throws Error with code `EADDRINUSE` when the port is taken
 */
export async function startCloudCockpitSimulator(options: SimulatorOptions = {}): Promise<CloudCockpitSimulator> {
  const { port = 0, ...data } = options;
  const vendor = new SimulatedCloudCockpit({ ...demoData, ...data });
  const { control, ...started } = await startSimulator(vendor, { port });
  return {
    ...started,
    tokenUrl: started.url + tokenPath,
    control: Object.assign(control, { customers: () => vendor.customers, resellers: () => vendor.resellers }),
  };
}
