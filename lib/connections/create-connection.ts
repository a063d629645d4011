import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { appendAuditEntry } from '../audit/append-entry';
import type { Actor } from '../auth/actor';
import { authorize } from '../auth/authorize';
import { asActor } from '../db/as-actor';
import { Conflict } from '../errors';
import { catalogEntry } from '../vendors/catalog';
import { checkAccess } from './checked-access';
import type { CreateConnectionInput } from './connection-schema';
import { toIdentity } from './identity';
import { identityClash, isUniqueViolation } from './identity-clash';
import { storeSecret } from './store-secret';

/**
 * Creates a connection with its settings and sealed secrets, in one transaction as the actor.
 * @throws Conflict with sentences by field, or when another connection has the same access
 */
export async function createConnection(
  actor: Actor,
  input: CreateConnectionInput,
): Promise<{ readonly connectionId: string }> {
  const entry = catalogEntry(input.vendor);
  if (entry === null) throw new Conflict('This vendor is not available yet.', { vendor: ['Choose another vendor.'] });
  const connectionId = uuidv7();
  const { partnerId, vendor, name, shared, sandbox, requestsPerSecond, timeoutMs } = input;
  let identity = '';
  try {
    await asActor(actor, async (tx) => {
      const role = await authorize(tx, actor, 'connection.manage', partnerId);
      const { baseUrl, tokenUrl, profile, settings, secrets } = checkAccess(entry, input, { secretsToo: true });
      identity = toIdentity({ vendor, baseUrl, settings });
      await tx.connection.create({
        data: { id: connectionId, key: connectionId, partnerId, vendor, name, shared, sandbox },
      });
      await tx.connectionSetting.create({
        data: { connectionId, partnerId, baseUrl, tokenUrl, profile, settings, requestsPerSecond, timeoutMs, identity },
      });
      for (const [field, value] of Object.entries(secrets)) {
        await storeSecret(tx, { connectionId, partnerId, vendor, field, value });
      }
      await appendAuditEntry(tx, {
        partnerId,
        action: 'connection.created',
        subject: { kind: 'connection', id: connectionId },
        detail: { vendor, shared, sandbox },
        by: { actor, role },
      });
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw await identityClash(actor, identity);
    throw error;
  }
  return { connectionId };
}
