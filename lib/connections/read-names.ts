import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../auth/actor';
import { authorize } from '../auth/authorize';
import { asActor } from '../db/as-actor';
import { asSystem } from '../db/as-system';
import { NotFound } from '../errors';
import { VendorError } from '../vendors/http/vendor-error';
import { adapterFor } from '../vendors/registry';
import type { VendorCall } from '../vendors/vendor';
import { type LoadedConnection, loadVendorConnection } from './load-vendor-connection';
import { isSignInRefused, markConnectionBroken } from './mark-connection-broken';
import { makeVendorCall } from './vendor-call';

/** Longest that names are read for whoever looks at them, in milliseconds. */
const readMs = 12_000;
/** Names that are read at once, one request each: a page of mappings. */
const mostNames = 50;

/**
 * Reads at the vendor what the connection and its mappings without a name are called there, and keeps it. Reads only.
 * @returns how many names and unknown ids became known; none where the vendor could not be read
 * @throws NotFound, Forbidden; ConnectionUnusable when nothing is sent over the connection
 */
export async function readNames(actor: Actor, connectionId: string): Promise<{ readonly read: number }> {
  await asActor(actor, async (tx) => {
    const row = await tx.connection.findUnique({ where: { id: connectionId }, select: { partnerId: true } });
    if (row === null) throw new NotFound();
    await authorize(tx, actor, 'connection.test', row.partnerId);
  });
  const connection = await loadVendorConnection(connectionId);
  const signal = AbortSignal.timeout(readMs);
  const call = makeVendorCall({ connection, correlationId: uuidv7(), attemptId: null, signal });
  try {
    return { read: await keepNames(connection, call, 'unread') };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    const { version } = connection;
    if (isSignInRefused(error.problem)) {
      await markConnectionBroken({ connectionId, version, reason: error.problem.message });
    }
    return { read: 0 };
  }
}

/**
 * The same within a call that is under way.
 * @param which `unread`: mappings whose name was never asked for; `nameless`: those too whose id the vendor did not know
 * @throws VendorError when the vendor could not be read; what was read before is kept
 */
export async function keepNames(
  { connectionId, version, vendor }: LoadedConnection,
  call: VendorCall,
  which: 'unread' | 'nameless',
): Promise<number> {
  const { nameOf } = adapterFor(vendor);
  if (nameOf === undefined) return 0;
  const own = await nameOf(call, null);
  // Not for credentials that were exchanged meanwhile.
  const ownRow = { connectionId, connection: { version } };
  await asSystem('call vendor', (tx) =>
    tx.connectionSetting.updateMany({ where: ownRow, data: { ownId: own?.id ?? null, ownName: own?.name ?? null } }),
  );
  const nameless = await asSystem('call vendor', (tx) =>
    tx.mapping.findMany({
      where: { connectionId, externalName: '', ...(which === 'unread' ? { nameReadAt: null } : {}) },
      select: { id: true, version: true, externalId: true },
      orderBy: { id: 'desc' },
      take: mostNames,
    }),
  );
  for (const { id, version: mapped, externalId } of nameless) {
    const found = await nameOf(call, externalId);
    await asSystem('call vendor', (tx) =>
      tx.mapping.updateMany({
        where: { id, version: mapped, externalId, externalName: '' },
        data: { externalName: found?.name ?? '', nameReadAt: new Date() },
      }),
    );
  }
  return nameless.length;
}
