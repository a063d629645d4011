import 'server-only';
import { endWithParent } from '@/lib/process/end-with-parent';
import { startSimulators } from '@/lib/vendors/simulators';
import { simulatorPortsSchema } from './simulator-process';

// Ports by vendor come as one JSON argument, so that this process can be started for a demo or for a test run.
const ports = simulatorPortsSchema.parse(JSON.parse(process.argv[2] ?? '{}'));
const simulators = await startSimulators({ ports });

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await simulators.stop();
  process.exit(0);
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
endWithParent(() => void stop());
process.send?.(simulators.urls);
