import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../auth/actor';
import { roleAt } from '../auth/authorize';
import { loadVendorConnection } from '../connections/load-vendor-connection';
import { isSignInRefused, markConnectionBroken } from '../connections/mark-connection-broken';
import { makeVendorCall } from '../connections/vendor-call';
import { asActor } from '../db/as-actor';
import { NotFound } from '../errors';
import { VendorError } from '../vendors/http/vendor-error';
import type { VendorCall } from '../vendors/vendor';
import { type PartnerScope, requirePartnerScope, requireUsable } from './partner-scope';
import type { VendorPartnerList, VendorPartnerRecord, VendorPartnersPage } from './partner-view';
import { hiddenIds, mappedNames } from './within-sight';

/** Longest a reading waits for the vendor, in milliseconds. */
const readMs = 12_000;

interface Place {
  readonly connectionId: string;
  /** Partner of ours that looks; null: see `requirePartnerScope`. */
  readonly partnerId: string | null;
}

/** What the page of partners starts with. @throws NotFound, Forbidden as `requirePartnerScope` */
export async function loadVendorPartnersPage(actor: Actor, place: Place): Promise<VendorPartnersPage> {
  return asActor(actor, async (tx) => {
    const scope = await requirePartnerScope(tx, actor, { ...place, permission: 'vendor-partner.read' });
    const { connection, partnerId, rules } = scope;
    const partner = await tx.partner.findUniqueOrThrow({ where: { id: partnerId }, select: { name: true } });
    const { connectionId, name, vendor, sandbox, ownerName, mappingId, mappingName, unusable } = connection;
    return {
      connectionId,
      connectionName: name,
      vendor,
      sandbox,
      ownerName,
      partnerId,
      partnerName: partner.name,
      mappingId,
      mappingName,
      tree: rules.tree,
      unusable,
      // A list of resellers is the owner's: below it nobody adds one.
      mayAdd:
        (rules.tree || !connection.needsMapping) && (await roleAt(tx, actor, 'vendor-partner.add', partnerId)) !== null,
    };
  });
}

/**
 * Partners at the vendor, a page of them, within the reach of a partner of ours. Reads only.
 * @throws NotFound, Forbidden; Conflict when nothing may be asked over the connection; VendorError when it could not be read
 */
export async function listVendorPartners(
  actor: Actor,
  query: Place & { readonly parent: string | null; readonly search: string; readonly offset: number },
): Promise<VendorPartnerList> {
  const scope = await readableScope(actor, query);
  const { connection, partners } = scope;
  const { parent, search, offset } = query;
  const { mappingId } = connection;
  const page = await readAtVendor(scope, (call) => partners.listPartners(call, { parent, search, offset, mappingId }));
  if (page === null) throw new NotFound();
  const ids = page.rows.map(({ vendorId }) => vendorId);
  const hidden = await hiddenIds(actor, scope, ids);
  const mapped = await mappedNames(actor, connection.connectionId, ids);
  return {
    rows: page.rows.map((row) =>
      hidden.has(row.vendorId) ? null : { ...row, mappedTo: mapped.get(row.vendorId) ?? null },
    ),
    total: page.total,
    more: page.more,
    readAt: new Date().toISOString(),
  };
}

/**
 * One partner at the vendor with the way to it, within the reach of a partner of ours; without an id the uppermost.
 * @throws as `listVendorPartners`
 */
export async function getVendorPartner(
  actor: Actor,
  query: Place & { readonly vendorPartnerId: string | null },
): Promise<VendorPartnerRecord> {
  const scope = await readableScope(actor, query);
  const { connection, partners } = scope;
  const { mappingId, connectionId } = connection;
  const vendorId = query.vendorPartnerId;
  const found = await readAtVendor(scope, (call) => partners.getPartner(call, { vendorId, mappingId }));
  if (found === null || (await hiddenIds(actor, scope, [found.vendorId])).has(found.vendorId)) throw new NotFound();
  const mapped = await mappedNames(actor, connectionId, [found.vendorId]);
  return { ...found, mappedTo: mapped.get(found.vendorId) ?? null, readAt: new Date().toISOString() };
}

async function readableScope(actor: Actor, place: Place): Promise<PartnerScope> {
  const { connectionId, partnerId } = place;
  const scope = await asActor(actor, (tx) =>
    requirePartnerScope(tx, actor, { connectionId, partnerId, permission: 'vendor-partner.read' }),
  );
  requireUsable(scope);
  return scope;
}

/** Reads over the connection; a refused sign-in marks it broken. @throws VendorError when the vendor could not be read */
export async function readAtVendor<T>(
  { connection }: PartnerScope,
  read: (call: VendorCall) => Promise<T>,
  correlationId = uuidv7(),
): Promise<T> {
  const { connectionId } = connection;
  const loaded = await loadVendorConnection(connectionId);
  const signal = AbortSignal.timeout(readMs);
  try {
    return await read(makeVendorCall({ connection: loaded, correlationId, attemptId: null, signal }));
  } catch (error) {
    if (error instanceof VendorError && isSignInRefused(error.problem)) {
      await markConnectionBroken({ connectionId, version: loaded.version, reason: error.problem.message });
    }
    throw error;
  }
}
