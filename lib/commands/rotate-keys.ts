import 'server-only';
import { rotateKeys } from '@/lib/connections/rotate-keys';
import { closeDatabases } from '@/lib/db/client';

try {
  const { sentences, done } = await rotateKeys();
  for (const sentence of sentences) console.log(sentence);
  await closeDatabases();
  process.exitCode = done ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
