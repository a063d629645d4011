import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Actor } from '../auth/actor';
import { roleAt } from '../auth/authorize';
import { rolesHolding } from '../auth/permissions';
import { type ActorTx, asActor } from '../db/as-actor';
import { asSystem } from '../db/as-system';
import { Prisma } from '../db/generated/client';
import { Conflict, Forbidden, NotFound } from '../errors';
import { catalogEntry } from '../vendors/catalog';
import { VendorError } from '../vendors/http/vendor-error';
import { adapterFor } from '../vendors/registry';
import type { Json } from '../vendors/vendor';
import type { LookupOption } from '../vendors/vendor-lookups';
import { loadVendorConnection } from './load-vendor-connection';
import { isSignInRefused, markConnectionBroken } from './mark-connection-broken';
import { makeVendorCall } from './vendor-call';

export interface LookUpQuery {
  readonly connectionId: string;
  /** One of the adapter's look-ups, such as `resellers`. */
  readonly name: string;
  readonly search: string;
  /** The choice whose children are wanted, in a tree that opens level by level. */
  readonly parent?: string | null;
  /** For whom the choice is made; its mapping is the boundary. */
  readonly partnerId?: string | null;
}

export interface LookUpAnswer {
  readonly options: readonly LookupOption[];
  /** When the vendor (or our own mapping) was read, ISO. */
  readonly readAt: string;
}

/** Longest a picker waits, in milliseconds. */
const lookUpMs = 12_000;
const idSchema = z.uuid();

/**
 * Fills a picker from the vendor. A shared connection must not become a window: whoever may not read its settings at the
 * owner gets, of what mappings are made of, only the own branch's mapping; without one, nothing at all.
 * @throws NotFound, Forbidden; Conflict when the connection cannot be used; VendorError when the vendor could not be read
 */
export async function lookUp(actor: Actor, query: LookUpQuery): Promise<LookUpAnswer> {
  if (!idSchema.safeParse(query.connectionId).success) throw new NotFound();
  const scope = await asActor(actor, (tx) => scopeOf(tx, actor, query));
  if (scope.kind === 'own-mapping') return { options: scope.options, readAt: new Date().toISOString() };
  const options = await ask(query, scope.mappingId);
  return { options: scope.annotate(options), readAt: new Date().toISOString() };
}

type Scope =
  | { readonly kind: 'own-mapping'; readonly options: readonly LookupOption[] }
  | {
      readonly kind: 'vendor';
      readonly mappingId: string | null;
      annotate(options: readonly LookupOption[]): readonly LookupOption[];
    };

/** What of this look-up the actor may see, decided before the vendor is asked. */
async function scopeOf(tx: ActorTx, actor: Actor, query: LookUpQuery): Promise<Scope> {
  const { connectionId, name } = query;
  const connection = await tx.connection.findUnique({ where: { id: connectionId } });
  const entry = connection === null ? null : catalogEntry(connection.vendor);
  if (connection === null || entry === null) throw new NotFound();
  if (!Object.hasOwn(adapterFor(entry.vendor).lookups, name)) throw new NotFound();
  const isMappingLookUp = entry.mapping?.lookup === name;
  const mapped = await mappedOptions(tx, connectionId);
  const mappingId = await mappingOf(tx, query);
  if ((await roleAt(tx, actor, 'connection.read-settings', connection.partnerId)) !== null) {
    return {
      kind: 'vendor',
      mappingId,
      annotate: (options) => (isMappingLookUp ? withPartners(options, mapped) : options),
    };
  }
  if (!(await mayPlanBelow(actor, connection.partnerId))) throw new Forbidden('onboarding.plan');
  if (isMappingLookUp) return { kind: 'own-mapping', options: mapped };
  if (entry.mapping !== null && mapped.length === 0) {
    throw new Conflict('Your partner has no mapping at this connection yet. An admin of its owner can set it.');
  }
  // Below the owner nobody looks without a boundary: where no partner is named, the branch's only mapping is it.
  const only = mapped.length === 1 ? (mapped[0]?.value ?? null) : null;
  const boundary = entry.mapping === null ? null : (mappingId ?? only);
  if (entry.mapping !== null && boundary === null) {
    throw new Conflict('Choose the partner first: what can be chosen here depends on its mapping.');
  }
  return { kind: 'vendor', mappingId: boundary, annotate: (options) => options };
}

/** The mapping of the partner for whom the choice is made, as far as the actor sees it. */
async function mappingOf(tx: ActorTx, { connectionId, partnerId = null }: LookUpQuery): Promise<string | null> {
  if (partnerId === null || !idSchema.safeParse(partnerId).success) return null;
  const row = await tx.mapping.findFirst({ where: { connectionId, partnerId }, select: { externalId: true } });
  return row?.externalId ?? null;
}

/** The mappings that the actor sees (row-level security), as choices. */
async function mappedOptions(tx: ActorTx, connectionId: string): Promise<readonly LookupOption[]> {
  const rows = await tx.mapping.findMany({
    where: { connectionId },
    include: { partner: { select: { name: true } } },
    orderBy: { id: 'desc' },
    take: 1000,
  });
  return rows.map(({ externalId, externalName, partner }) => ({
    value: externalId,
    label: externalName === '' ? partner.name : externalName,
    detail: externalName === '' || externalName === partner.name ? null : partner.name,
    data: { mappedTo: partner.name },
  }));
}

/** Says beside each choice which partner of ours it is mapped to already. */
function withPartners(options: readonly LookupOption[], mapped: readonly LookupOption[]): readonly LookupOption[] {
  const byValue = new Map(mapped.map((option) => [option.value, option.data]));
  return options.map((option) => {
    const data = byValue.get(option.value);
    return data === undefined ? option : { ...option, data: joined(option.data, data) };
  });
}

/** What the vendor says of a choice (whether something is below it) stays beside whom it is mapped to. */
function joined(vendors: Json | undefined, ours: Json): Json {
  const isObject = (value: Json | undefined) => typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject(vendors) && isObject(ours) ? Object.assign({}, vendors, ours) : ours;
}

/**
 * Does the actor plan onboardings for a partner at or below the owner? Row-level security shows nobody the way up to a
 * partner above, so this is asked as the system.
 */
async function mayPlanBelow(actor: Actor, ownerId: string): Promise<boolean> {
  const held = await asSystem(
    'name the owner of a shared connection',
    (tx) =>
      tx.$queryRaw<unknown[]>`
      select 1 from role_grant g join partner_closure c on c.descendant_id = g.partner_id
      where g.user_id = ${actor.userId}::uuid and c.ancestor_id = ${ownerId}::uuid
        and g.role in (${Prisma.join([...rolesHolding('onboarding.plan')])}) limit 1`,
  );
  return held.length > 0;
}

async function ask(query: LookUpQuery, mappingId: string | null): Promise<readonly LookupOption[]> {
  const { connectionId, name, search, parent = null } = query;
  const connection = await loadVendorConnection(connectionId);
  const lookup = adapterFor(connection.vendor).lookups[name];
  if (lookup === undefined) throw new NotFound();
  const signal = AbortSignal.timeout(lookUpMs);
  try {
    const call = makeVendorCall({ connection, correlationId: uuidv7(), attemptId: null, signal });
    return await lookup(call, { search, parent, mappingId });
  } catch (error) {
    if (error instanceof VendorError && isSignInRefused(error.problem)) {
      const { version } = connection;
      await markConnectionBroken({ connectionId, version, reason: error.problem.message });
    }
    throw error;
  }
}
