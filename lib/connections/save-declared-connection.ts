import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { appendAuditEntry } from '../audit/append-entry';
import type { SystemTx } from '../db/as-system';
import { open, SealError } from '../secrets/seal';
import { type AccessFacts, changeDetail, changedFields, touchesAccess } from './changed-fields';
import type { DeclaredConnection } from './declared-connection';
import { toIdentity } from './identity';
import { storedSettingsSchema } from './load-vendor-connection';
import { storeSecret } from './store-secret';

/** A declared connection whose partners are found. */
export interface ResolvedConnection {
  readonly declared: DeclaredConnection;
  readonly ownerId: string;
  readonly mappings: readonly { readonly partnerId: string; readonly externalId: string }[];
}

const by = { name: 'Connections file' };

/** Creates or updates one connection of the file with its secrets and mappings; its version moves only when it changed. */
export async function saveDeclaredConnection(
  tx: SystemTx,
  resolved: ResolvedConnection,
): Promise<'created' | 'updated' | 'unchanged'> {
  const { declared, ownerId } = resolved;
  const existing = await tx.connection.findUnique({
    where: { key: declared.key },
    include: { setting: true, secrets: true },
  });
  if (existing === null || existing.setting === null) {
    const connectionId = await create(tx, declared, ownerId);
    await saveMappings(tx, resolved, connectionId);
    return 'created';
  }
  const { setting } = existing;
  const before: AccessFacts = {
    name: existing.name,
    shared: existing.shared,
    sandbox: existing.sandbox,
    baseUrl: setting.baseUrl,
    tokenUrl: setting.tokenUrl,
    profile: setting.profile,
    settings: storedSettingsSchema.parse(setting.settings),
    requestsPerSecond: setting.requestsPerSecond?.toNumber() ?? null,
    timeoutMs: setting.timeoutMs,
  };
  const otherSecrets = Object.entries(declared.secrets)
    .filter(([field, value]) => !holds(existing, field, value))
    .map(([field]) => field);
  const changed = [...changedFields(before, declared), ...otherSecrets.map((field) => `secrets.${field}`)];
  if (changed.length > 0) {
    await update(tx, { connectionId: existing.id, ownerId, declared, before, changed, otherSecrets });
  }
  const mapped = await saveMappings(tx, resolved, existing.id);
  return changed.length > 0 || mapped > 0 ? 'updated' : 'unchanged';
}

/** Is this the secret that is stored? One that does not open is another one. */
function holds(
  connection: {
    readonly id: string;
    readonly partnerId: string;
    readonly vendor: string;
    readonly secrets: readonly { readonly field: string; readonly keyVersion: number; readonly sealed: Uint8Array }[];
  },
  field: string,
  value: string,
): boolean {
  const row = connection.secrets.find((secret) => secret.field === field);
  if (row === undefined) return false;
  const { partnerId, vendor, id: recordId } = connection;
  try {
    return (
      open({ keyVersion: row.keyVersion, sealed: row.sealed, binding: { partnerId, vendor, recordId, field } }) ===
      value
    );
  } catch (error) {
    if (error instanceof SealError) return false;
    throw error;
  }
}

async function create(tx: SystemTx, declared: DeclaredConnection, partnerId: string): Promise<string> {
  const connectionId = uuidv7();
  const { key, vendor, name, shared, sandbox } = declared;
  await tx.connection.create({ data: { id: connectionId, partnerId, key, vendor, name, shared, sandbox } });
  await tx.connectionSetting.create({ data: { connectionId, partnerId, ...settingRow(declared) } });
  await storeSecrets(tx, { connectionId, partnerId, declared, fields: Object.keys(declared.secrets) });
  await appendAuditEntry(tx, {
    partnerId,
    action: 'connection.created',
    subject: { kind: 'connection', id: connectionId },
    detail: { vendor, key },
    by,
  });
  return connectionId;
}

function settingRow(declared: DeclaredConnection) {
  const { baseUrl, tokenUrl, profile, settings, requestsPerSecond, timeoutMs } = declared;
  return { baseUrl, tokenUrl, profile, settings, requestsPerSecond, timeoutMs, identity: toIdentity(declared) };
}

interface Stored {
  readonly connectionId: string;
  readonly partnerId: string;
  readonly declared: DeclaredConnection;
  readonly fields: readonly string[];
}

async function storeSecrets(tx: SystemTx, { connectionId, partnerId, declared, fields }: Stored): Promise<void> {
  for (const field of fields) {
    const value = declared.secrets[field];
    if (value !== undefined) await storeSecret(tx, { connectionId, partnerId, vendor: declared.vendor, field, value });
  }
}

interface Update {
  readonly connectionId: string;
  readonly ownerId: string;
  readonly declared: DeclaredConnection;
  readonly before: AccessFacts;
  readonly changed: readonly string[];
  readonly otherSecrets: readonly string[];
}

async function update(tx: SystemTx, given: Update): Promise<void> {
  const { connectionId, ownerId, declared, before, changed, otherSecrets } = given;
  const { name, shared, sandbox } = declared;
  await tx.connection.update({
    where: { id: connectionId },
    data: { name, shared, sandbox, brokenAt: null, brokenReason: null, version: { increment: 1 } },
  });
  const untested =
    otherSecrets.length > 0 || touchesAccess(changed) ? { testedAt: null, ownId: null, ownName: null } : {};
  await tx.connectionSetting.update({ where: { connectionId }, data: { ...settingRow(declared), ...untested } });
  await storeSecrets(tx, { connectionId, partnerId: ownerId, declared, fields: otherSecrets });
  await appendAuditEntry(tx, {
    partnerId: ownerId,
    action: 'connection.changed',
    subject: { kind: 'connection', id: connectionId },
    detail: changeDetail(before, declared, changed),
    by,
  });
}

/** Sets the file's mappings where they differ; those of partners the file does not name stay. Returns how many were set. */
async function saveMappings(
  tx: SystemTx,
  { ownerId, mappings }: ResolvedConnection,
  connectionId: string,
): Promise<number> {
  const rows = await tx.mapping.findMany({ where: { connectionId } });
  const before = new Map(rows.map((row) => [row.partnerId, row]));
  const moved = mappings.filter(({ partnerId, externalId }) => before.get(partnerId)?.externalId !== externalId);
  // Removed first, so that two partners may swap their ids.
  await tx.mapping.deleteMany({ where: { connectionId, partnerId: { in: moved.map(({ partnerId }) => partnerId) } } });
  for (const { partnerId, externalId } of moved) {
    const id = uuidv7();
    const version = (before.get(partnerId)?.version ?? 0) + 1;
    await tx.mapping.create({ data: { id, connectionId, partnerId, externalId, version } });
    await appendAuditEntry(tx, {
      partnerId: ownerId,
      action: 'mapping.set',
      subject: { kind: 'mapping', id },
      detail: {
        connection: connectionId,
        partner: partnerId,
        externalId,
        from: before.get(partnerId)?.externalId ?? null,
      },
      by,
    });
  }
  return moved.length;
}
