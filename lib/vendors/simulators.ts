import { startCloudCockpitSimulator } from './cloud-cockpit/simulator';
import type { VendorKey } from './vendor';

export interface RunningSimulators {
  stop(): Promise<void>;
  readonly urls: Partial<Record<VendorKey, { readonly baseUrl: string; readonly tokenUrl: string | null }>>;
}

/**
 * Starts the simulators of all vendors that have one, for the demo and the end-to-end tests.
 * @param options.ports a fixed port per vendor; absent or 0 takes a free one
 * @throws Error with code `EADDRINUSE` when a port is taken; what was started before it is stopped again
 */
export async function startSimulators({
  ports = {},
}: {
  readonly ports?: Partial<Record<VendorKey, number>>;
} = {}): Promise<RunningSimulators> {
  const cloudCockpit = await startCloudCockpitSimulator({ port: ports['cloud-cockpit'] ?? 0 });
  return {
    stop: () => cloudCockpit.stop(),
    urls: { 'cloud-cockpit': { baseUrl: cloudCockpit.url, tokenUrl: cloudCockpit.tokenUrl } },
  };
}
