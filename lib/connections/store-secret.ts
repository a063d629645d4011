import 'server-only';
import type { Prisma } from '../db/generated/client';
import { seal } from '../secrets/seal';

/**
 * Seals one secret of a connection and stores it in place of an older one, in the caller's transaction. As the actor this
 * needs the connection's row, made or held in the same transaction; it cannot be read back by that role.
 */
export async function storeSecret(
  tx: Prisma.TransactionClient,
  {
    connectionId,
    partnerId,
    vendor,
    field,
    value,
  }: {
    readonly connectionId: string;
    readonly partnerId: string;
    readonly vendor: string;
    readonly field: string;
    readonly value: string;
  },
): Promise<void> {
  const { keyVersion, sealed } = seal({ value, binding: { partnerId, vendor, recordId: connectionId, field } });
  // Values twice instead of `excluded`: reading that would need the right to read the column.
  await tx.$executeRaw`insert into connection_secret (connection_id, field, partner_id, key_version, sealed)
    values (${connectionId}::uuid, ${field}, ${partnerId}::uuid, ${keyVersion}, ${sealed})
    on conflict (connection_id, field) do update
    set key_version = ${keyVersion}, sealed = ${sealed}, changed_at = now()`;
}
