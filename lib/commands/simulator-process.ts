import 'server-only';
import { z } from 'zod';
import { freePort } from '@/lib/process/free-port';
import { logTail, type Owned, startOwned } from '@/lib/process/owned';

/** Where each vendor's simulator listens, if the port is free. */
const fixedPorts: SimulatorPorts = { 'cloud-cockpit': 4101, avepoint: 4102, cove: 4103, cloudlx: 4104 };

const vendors = z.enum(['cloud-cockpit', 'avepoint', 'cove', 'cloudlx']);

/** Port by vendor, as the process of the simulators is told. */
export const simulatorPortsSchema = z.partialRecord(vendors, z.int().min(0).max(65_535));
export type SimulatorPorts = z.infer<typeof simulatorPortsSchema>;

const urlsSchema = z.partialRecord(vendors, z.object({ baseUrl: z.string(), tokenUrl: z.string().nullable() }));
/** Where the simulators answer; a vendor without a simulator is left out. */
export type SimulatorUrls = z.infer<typeof urlsSchema>;

/** The simulators in a process of their own. */
export type SimulatorProcess = {
  urls: SimulatorUrls;
  /** What to tell the person who started them: ports that were taken. */
  notes: string[];
  process: Owned;
};

/** Starts every vendor's simulator on its port, or on the next free one, and waits until they answer. */
export async function startSimulatorProcess({
  logFile,
  preferred = fixedPorts,
}: {
  logFile: string;
  /** Ports to try first, by vendor; 0 takes any. */
  preferred?: SimulatorPorts;
}): Promise<SimulatorProcess> {
  const ports: SimulatorPorts = {};
  for (const vendor of vendors.options) {
    ports[vendor] = await freePort({ preferred: preferred[vendor] ?? 0, except: Object.values(ports) });
  }
  const process = startOwned({
    file: 'lib/commands/simulators.ts',
    args: [JSON.stringify(ports)],
    logFile,
    reports: true,
    graceMs: 5_000,
  });
  const urls = urlsSchema.safeParse(await process.report);
  if (!urls.success) {
    await process.stop();
    throw new Error(`The vendor simulators did not start:\n${logTail(logFile)}`);
  }
  const notes = vendors.options
    .filter((vendor) => urls.data[vendor] && preferred[vendor] && ports[vendor] !== preferred[vendor])
    .map((vendor) => `Port ${preferred[vendor]} is taken; the ${vendor} simulator uses ${ports[vendor]} instead.`);
  return { urls: urls.data, notes, process };
}
