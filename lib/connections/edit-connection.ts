import 'server-only';
import { appendAuditEntry } from '../audit/append-entry';
import type { Actor } from '../auth/actor';
import { authorize } from '../auth/authorize';
import { type ActorTx, asActor } from '../db/as-actor';
import { Prisma } from '../db/generated/client';
import { Conflict, NotFound, Stale } from '../errors';
import { catalogEntry } from '../vendors/catalog';
import { changeDetail, changedFields, movesSecret, touchesAccess } from './changed-fields';
import { checkAccess } from './checked-access';
import type { EditConnectionInput } from './connection-schema';
import { toIdentity } from './identity';
import { identityClash, isUniqueViolation } from './identity-clash';
import { storedSettingsSchema } from './load-vendor-connection';
import { storeSecret } from './store-secret';

/**
 * Saves an edited connection: vendor and owner stay. A secret left empty is kept, unless the change would send it to a
 * new place or as another client: then it must be typed again. Clears *broken*; what a test proved is forgotten where it
 * no longer holds. Nothing changed: nothing is saved and the version stays.
 * @throws Stale when somebody saved it since `version`; Conflict with sentences by field
 */
export async function editConnection(actor: Actor, input: EditConnectionInput): Promise<{ readonly version: number }> {
  let identity = '';
  try {
    return await asActor(actor, async (tx) => {
      const before = await current(tx, input.connectionId);
      const role = await authorize(tx, actor, 'connection.manage', before.partnerId);
      if (before.version !== input.version) throw new Stale();
      const entry = catalogEntry(before.vendor);
      if (entry === null) throw new Conflict('This vendor is not available in this version of Quayside.');
      const { secrets, ...checked } = checkAccess(entry, input, { secretsToo: false });
      const access = { ...checked, profile: input.profile === undefined ? before.profile : checked.profile };
      const { name, shared, sandbox, requestsPerSecond, timeoutMs } = input;
      const after = { ...access, name, shared, sandbox, requestsPerSecond, timeoutMs };
      const changed = changedFields(before, after);
      requireSecrets(before.secretFields, {
        moved: movesSecret(changed),
        typed: Object.keys(secrets),
        required: entry.secrets.filter((secret) => secret.required).map(({ key }) => key),
      });
      const all = [...changed, ...Object.keys(secrets).map((key) => `secrets.${key}`)];
      if (all.length === 0) return { version: before.version };

      const { partnerId, vendor } = before;
      const connectionId = input.connectionId;
      identity = toIdentity({ vendor, ...access });
      const { count } = await tx.connection.updateMany({
        where: { id: connectionId, version: input.version },
        data: { name, shared, sandbox, brokenAt: null, brokenReason: null, version: { increment: 1 } },
      });
      if (count === 0) throw new Stale();
      const untested = touchesAccess(all)
        ? { testedAt: null, testResult: Prisma.DbNull, ownId: null, ownName: null }
        : {};
      await tx.connectionSetting.update({
        where: { connectionId },
        data: { ...access, requestsPerSecond, timeoutMs, identity, ...untested },
      });
      for (const [field, value] of Object.entries(secrets)) {
        await storeSecret(tx, { connectionId, partnerId, vendor, field, value });
      }
      await appendAuditEntry(tx, {
        partnerId,
        action: 'connection.changed',
        subject: { kind: 'connection', id: connectionId },
        detail: { ...changeDetail(before, after, all), version: input.version + 1 },
        by: { actor, role },
      });
      return { version: input.version + 1 };
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw await identityClash(actor, identity);
    throw error;
  }
}

/** The row as it is, settings only where row-level security shows them; a connection of others is not there. */
async function current(tx: ActorTx, connectionId: string) {
  const row = await tx.connection.findUnique({ where: { id: connectionId } });
  if (row === null) throw new NotFound();
  const setting = await tx.connectionSetting.findUnique({ where: { connectionId } });
  const secrets = await tx.connectionSecret.findMany({ where: { connectionId }, select: { field: true } });
  return {
    partnerId: row.partnerId,
    version: row.version,
    vendor: row.vendor,
    name: row.name,
    shared: row.shared,
    sandbox: row.sandbox,
    baseUrl: setting?.baseUrl ?? '',
    tokenUrl: setting?.tokenUrl ?? null,
    profile: setting?.profile ?? null,
    settings: setting === null ? {} : storedSettingsSchema.parse(setting.settings),
    requestsPerSecond: setting?.requestsPerSecond?.toNumber() ?? null,
    timeoutMs: setting?.timeoutMs ?? 0,
    secretFields: secrets.map(({ field }) => field),
  };
}

/** Where the secret would go to a new place, or none is stored yet, it must have been typed. */
function requireSecrets(
  stored: readonly string[],
  {
    moved,
    typed,
    required,
  }: { readonly moved: boolean; readonly typed: readonly string[]; readonly required: readonly string[] },
): void {
  const asked = moved ? [...new Set([...stored, ...required])] : required.filter((key) => !stored.includes(key));
  const missing = asked.filter((key) => !typed.includes(key));
  if (missing.length === 0) return;
  const sentence = moved
    ? 'Type it again: it would be sent to another address or as somebody else than it was entered for.'
    : 'No secret is stored yet. Enter it.';
  throw new Conflict(
    'The secret must be typed again. Nothing was saved.',
    Object.fromEntries(missing.map((key) => [`secrets.${key}`, [sentence]])),
  );
}
