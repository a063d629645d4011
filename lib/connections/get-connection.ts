import 'server-only';
import { z } from 'zod';
import type { Actor } from '../auth/actor';
import { rolesAt } from '../auth/authorize';
import type { Permission } from '../auth/permissions';
import { type ActorTx, asActor } from '../db/as-actor';
import { NotFound } from '../errors';
import { catalogEntry } from '../vendors/catalog';
import { vendorKeys } from '../vendors/vendor';
import { restingConnections } from './connection-health';
import type { ConnectionRecord, ConnectionSettings, ConnectionState } from './connection-view';
import { storedSettingsSchema } from './load-vendor-connection';
import { ownerNames } from './owner-names';
import { testReportSchema } from './test-report';

const idSchema = z.uuid();

/**
 * One connection as the actor may see it: its settings only with the right to read them at the owner; a partner below
 * gets name, vendor, owner and state.
 * @throws NotFound when it is outside the branch and not shared from above
 */
export async function getConnection(actor: Actor, connectionId: string): Promise<ConnectionRecord> {
  if (!idSchema.safeParse(connectionId).success) throw new NotFound();
  const { row, settings, may, ownSide } = await asActor(actor, async (tx) => {
    const row = await tx.connection.findUnique({ where: { id: connectionId } });
    if (row === null) throw new NotFound();
    const roleFor = await rolesAt(tx, actor, [row.partnerId]);
    const holds = (permission: Permission) => roleFor(permission, row.partnerId) !== null;
    const settings = holds('connection.read-settings') ? await readSettings(tx, row) : null;
    const may = {
      manage: holds('connection.manage'),
      test: holds('connection.test'),
      map: holds('mapping.manage'),
    };
    return { row, settings, may, ownSide: holds('branch.read') };
  });
  return {
    connectionId,
    version: row.version,
    vendor: z.enum(vendorKeys).parse(row.vendor),
    name: row.name,
    ownerPartnerId: row.partnerId,
    ownerName: (await ownerNames([row.partnerId])).get(row.partnerId) ?? '',
    shared: row.shared,
    sandbox: row.sandbox,
    state: stateOf(row, settings),
    disabledAt: row.disabledAt?.toISOString() ?? null,
    brokenAt: row.brokenAt?.toISOString() ?? null,
    restingUntil: (await restingConnections([connectionId])).get(connectionId)?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    ownSide,
    may,
    settings,
  };
}

function stateOf(
  row: { readonly disabledAt: Date | null; readonly brokenAt: Date | null },
  settings: ConnectionSettings | null,
): ConnectionState {
  if (row.disabledAt !== null) return 'disabled';
  if (row.brokenAt !== null) return 'broken';
  if (settings === null) return 'ready';
  if (settings.testedAt === null) return 'untested';
  return settings.test?.ok === false ? 'failing' : 'ready';
}

async function readSettings(
  tx: ActorTx,
  { id: connectionId, vendor }: { readonly id: string; readonly vendor: string },
): Promise<ConnectionSettings | null> {
  const row = await tx.connectionSetting.findUnique({ where: { connectionId } });
  if (row === null) return null;
  const secrets = await tx.connectionSecret.findMany({
    where: { connectionId },
    select: { field: true, changedAt: true },
    orderBy: { field: 'asc' },
  });
  const report = testReportSchema.safeParse(row.testResult);
  return {
    baseUrl: row.baseUrl,
    tokenUrl: row.tokenUrl,
    profile: row.profile,
    values: inFormOrder(vendor, storedSettingsSchema.parse(row.settings)),
    requestsPerSecond: row.requestsPerSecond?.toNumber() ?? null,
    timeoutMs: row.timeoutMs,
    secrets: secrets.map(({ field, changedAt }) => ({ field, setAt: changedAt.toISOString() })),
    testedAt: row.testedAt?.toISOString() ?? null,
    test: report.success ? report.data : null,
  };
}

/** Settings in the order of the vendor's form; the database keeps them in an order of its own. */
function inFormOrder(vendor: string, values: Readonly<Record<string, string>>): Record<string, string> {
  const order = catalogEntry(vendor)?.settings.map(({ key }) => key) ?? [];
  return Object.fromEntries(
    Object.entries(values).sort(([left], [right]) => order.indexOf(left) - order.indexOf(right)),
  );
}
