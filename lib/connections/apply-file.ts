import 'server-only';
import { asSystem, type SystemTx } from '../db/as-system';
import { env } from '../env';
import { log } from '../log';
import { ConnectionsFileError, readConnectionsFile } from './connections-file';
import type { DeclaredConnection } from './declared-connection';
import { toIdentity } from './identity';
import { type ResolvedConnection, saveDeclaredConnection } from './save-declared-connection';

export interface AppliedFile {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

/** Any number that nothing else in this database locks. */
const fileLock = 7_118_305_218;

/**
 * Creates or updates by key what the file named by QUAYSIDE_CONNECTIONS_FILE declares; connections and mappings that it
 * does not name stay as they are. All or nothing, and one process at a time.
 * @throws ConnectionsFileError with every fault at once
 */
export async function applyConnectionsFile(): Promise<AppliedFile> {
  const file = env().QUAYSIDE_CONNECTIONS_FILE;
  if (file === undefined) return { created: 0, updated: 0, unchanged: 0 };
  const { declared, problems } = await readConnectionsFile(file);
  const applied = await asSystem('apply the connections file', async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(${fileLock})`;
    const resolved = await resolveAll(tx, declared);
    const all = [...problems, ...resolved.problems];
    if (all.length > 0) throw new ConnectionsFileError(file, all);
    const counts = { created: 0, updated: 0, unchanged: 0 };
    for (const one of resolved.connections) counts[await saveDeclaredConnection(tx, one)] += 1;
    return counts;
  });
  if (applied.created + applied.updated > 0) {
    log.info({ count: applied.created + applied.updated }, 'connections file applied');
  }
  return applied;
}

async function resolveAll(tx: SystemTx, declared: readonly DeclaredConnection[]) {
  const connections: ResolvedConnection[] = [];
  const problems: string[] = [];
  for (const one of declared) {
    const found = await resolve(tx, one);
    connections.push(found.connection);
    problems.push(...found.problems.map((problem) => `"${one.key}": ${problem}`));
  }
  return { connections, problems };
}

async function resolve(
  tx: SystemTx,
  declared: DeclaredConnection,
): Promise<{ readonly connection: ResolvedConnection; readonly problems: readonly string[] }> {
  const problems: string[] = [];
  const owner = await tx.partner.findUnique({ where: { key: declared.ownerKey }, select: { id: true } });
  if (owner === null) problems.push(`the owner "${declared.ownerKey}" is no partner's key.`);
  const mappings: { partnerId: string; externalId: string }[] = [];
  for (const { partnerKey, externalId } of declared.mappings) {
    const partner = await tx.partner.findUnique({ where: { key: partnerKey }, select: { id: true } });
    if (partner === null) problems.push(`mappings: "${partnerKey}" is no partner's key.`);
    else if (owner !== null && !(await isBelow(tx, partner.id, owner.id))) {
      problems.push(`mappings: the partner "${partnerKey}" is not below the owner "${declared.ownerKey}".`);
    } else mappings.push({ partnerId: partner.id, externalId });
  }
  problems.push(...(await clashes(tx, declared, owner?.id ?? null, mappings)));
  return { connection: { declared, ownerId: owner?.id ?? '', mappings }, problems };
}

async function isBelow(tx: SystemTx, partnerId: string, ownerId: string): Promise<boolean> {
  const found = await tx.partnerClosure.findFirst({
    where: { ancestorId: ownerId, descendantId: partnerId, depth: { gt: 0 } },
    select: { depth: true },
  });
  return found !== null;
}

async function clashes(
  tx: SystemTx,
  declared: DeclaredConnection,
  ownerId: string | null,
  mappings: ResolvedConnection['mappings'],
): Promise<string[]> {
  const problems: string[] = [];
  const existing = await tx.connection.findUnique({ where: { key: declared.key }, include: { mappings: true } });
  if (existing !== null && existing.vendor !== declared.vendor) {
    problems.push(`is a connection to the vendor "${existing.vendor}" already; take another key.`);
  }
  // Secrets, mappings and history are bound to the owner.
  if (existing !== null && ownerId !== null && existing.partnerId !== ownerId) {
    problems.push('belongs to another owner already; an owner cannot be changed, take another key.');
  }
  const same = await tx.connectionSetting.findUnique({
    where: { identity: toIdentity(declared) },
    select: { connection: { select: { key: true } } },
  });
  if (same !== null && same.connection.key !== declared.key) {
    problems.push(`is the same access at the vendor as the connection "${same.connection.key}", which exists already.`);
  }
  const declaredPartners = mappings.map(({ partnerId }) => partnerId);
  const taken = (existing?.mappings ?? []).filter(
    (row) =>
      !declaredPartners.includes(row.partnerId) && mappings.some(({ externalId }) => externalId === row.externalId),
  );
  problems.push(
    ...taken.map((row) => `mappings: "${row.externalId}" is mapped to a partner that the file does not name.`),
  );
  return problems;
}
