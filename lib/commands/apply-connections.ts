import 'server-only';
import { closeDatabases } from '@/lib/db/client';
import { env } from '@/lib/env';

/** Creates or updates what QUAYSIDE_CONNECTIONS_FILE declares; nothing when it names no file. */
export async function applyDeclaredConnections(): Promise<void> {
  if (env().QUAYSIDE_CONNECTIONS_FILE === undefined) return;
  const { applyConnectionsFile } = await import('@/lib/connections/apply-file');
  try {
    await applyConnectionsFile();
  } finally {
    await closeDatabases();
  }
}
