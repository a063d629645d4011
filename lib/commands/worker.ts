import 'server-only';
import { closeDatabases } from '@/lib/db/client';
import { startWorker } from '@/lib/jobs/worker';
import { endWithParent } from '@/lib/process/end-with-parent';
import { closeVendors } from '@/lib/vendors/registry';
import { checkStart } from './check-start';

const problems = await checkStart(process.env);
if (problems.length > 0) {
  process.stderr.write(`The worker does not start:\n${problems.map((problem) => `- ${problem}\n`).join('')}`);
  process.exit(1);
}

const worker = await startWorker();
let stopping = false;

/** Lets what is under way end, then ends. */
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await worker.stop();
  await closeVendors();
  await closeDatabases();
  process.exit(0);
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
endWithParent(() => void stop());
process.stdout.write('The worker is at work.\n');
process.send?.('at work');
