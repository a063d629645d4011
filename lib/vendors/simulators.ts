import { startAvepointSimulator } from './avepoint/simulator';
import { startCloudCockpitSimulator } from './cloud-cockpit/simulator';
import { startCloudlxSimulator } from './cloudlx/simulator';
import { startCoveSimulator } from './cove/simulator';
import { type VendorKey, vendorKeys } from './vendor';

interface Started {
  readonly url: string;
  /** Where the base URL has a path. */
  readonly baseUrl?: string;
  /** Absent where the vendor signs in at its base URL. */
  readonly tokenUrl?: string;
  stop(): Promise<void>;
}

/** The simulators there are, one line each. */
const starters: Partial<Record<VendorKey, (options: { readonly port: number }) => Promise<Started>>> = {
  'cloud-cockpit': startCloudCockpitSimulator,
  cove: startCoveSimulator,
  avepoint: startAvepointSimulator,
  cloudlx: startCloudlxSimulator,
};

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
  const running: Started[] = [];
  const urls: Partial<Record<VendorKey, { baseUrl: string; tokenUrl: string | null }>> = {};
  const stop = async () => {
    await Promise.all(running.map((one) => one.stop()));
  };
  try {
    for (const vendor of vendorKeys) {
      const started = await starters[vendor]?.({ port: ports[vendor] ?? 0 });
      if (started === undefined) continue;
      running.push(started);
      urls[vendor] = { baseUrl: started.baseUrl ?? started.url, tokenUrl: started.tokenUrl ?? null };
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop, urls };
}
