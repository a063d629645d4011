import type { SimulatorControl } from '../simulator/control';
import { type Simulator, startSimulator } from '../simulator/server';
import { demoData, type SimulatedCustomer, type SimulatedUser, type SimulatorData } from './simulator/state';
import { type OwnEnding, SimulatedCloudlx } from './simulator/vendor';

export interface SimulatorOptions extends Partial<SimulatorData> {
  /** 0 or absent: any free port. Always on 127.0.0.1. */
  readonly port?: number;
}

export interface CloudlxSimulator extends Simulator<OwnEnding> {
  readonly control: SimulatorControl<OwnEnding> & {
    customers(): readonly SimulatedCustomer[];
    users(): readonly SimulatedUser[];
  };
}

/**
 * CloudLX in miniature on a real socket.
 * @throws Error with code `EADDRINUSE` when the port is taken
 */
export async function startCloudlxSimulator(options: SimulatorOptions = {}): Promise<CloudlxSimulator> {
  const { port = 0, ...data } = options;
  const vendor = new SimulatedCloudlx({ ...demoData, ...data });
  const { control, ...started } = await startSimulator(vendor, { port });
  return {
    ...started,
    control: Object.assign(control, { customers: () => vendor.customers, users: () => vendor.users }),
  };
}
