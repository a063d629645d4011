import 'server-only';
import { asSystem, type SystemTx } from '../db/as-system';
import { newestKeyVersion, open, SealError } from '../secrets/seal';
import { storeSecret } from './store-secret';

export interface RotatedSecrets {
  readonly rotated: number;
  /** Connections whose secret does not open with any configured key: somebody has to type it again. */
  readonly unreadable: readonly string[];
}

interface SecretRow {
  readonly connection_id: string;
  readonly field: string;
  readonly partner_id: string;
  readonly key_version: number;
  readonly sealed: Uint8Array;
  readonly vendor: string;
}

const batch = 200;

/**
 * Seals every connection's secrets anew with the newest key, under traffic: each row is held only while it is rewritten,
 * a secret stays what it is, and connections keep their version. Cut short, it goes on where it stopped when run again.
 */
export async function rotateSecrets(): Promise<RotatedSecrets> {
  const newest = newestKeyVersion();
  const unreadable: string[] = [];
  let rotated = 0;
  let after = { connectionId: '00000000-0000-0000-0000-000000000000', field: '' };
  for (;;) {
    const rows = await asSystem('store a secret', (tx) => rotateBatch(tx, { newest, after, unreadable }));
    rotated += rows.length;
    const last = rows.at(-1);
    if (last === undefined) return { rotated: rotated - unreadable.length, unreadable };
    after = { connectionId: last.connection_id, field: last.field };
  }
}

async function rotateBatch(
  tx: SystemTx,
  {
    newest,
    after,
    unreadable,
  }: {
    readonly newest: number;
    readonly after: { readonly connectionId: string; readonly field: string };
    readonly unreadable: string[];
  },
): Promise<readonly SecretRow[]> {
  const rows = await tx.$queryRaw<SecretRow[]>`
    select s.connection_id, s.field, s.partner_id, s.key_version, s.sealed, c.vendor
    from connection_secret s join connection c on c.id = s.connection_id
    where s.key_version <> ${newest} and (s.connection_id, s.field) > (${after.connectionId}::uuid, ${after.field})
    order by s.connection_id, s.field limit ${batch} for update of s`;
  for (const { connection_id: connectionId, partner_id: partnerId, field, vendor, ...row } of rows) {
    const binding = { partnerId, vendor, recordId: connectionId, field };
    try {
      const value = open({ keyVersion: row.key_version, sealed: row.sealed, binding });
      await storeSecret(tx, { connectionId, partnerId, vendor, field, value });
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      unreadable.push(connectionId);
    }
  }
  return rows;
}
