import 'server-only';
import { attemptHref } from '../attempts/attempt-href';
import { rolesHolding } from '../auth/permissions';
import type { ActorTx } from '../db/as-actor';
import { Prisma } from '../db/generated/client';
import { inBranch } from '../lists/in-branch';
import { parseId } from '../lists/place';
import { partnerIntentSchema } from '../vendor-partners/partner-intent';
import type { AuditSubject } from './audit-actions';
import type { AuditPlace, AuditRow, NamedObject, StoredEntry } from './audit-row';

interface Ref {
  readonly kind: AuditSubject;
  readonly id: string;
}
type Refs = Readonly<Partial<Record<AuditPlace, Ref>>>;
/** What is known of an object of one kind: its name, its page, and for an attempt or onboarding what it concerns. */
type Known = ReadonlyMap<
  string,
  Pick<NamedObject, 'name' | 'href'> & { readonly refs?: Refs; readonly operation?: string; readonly added?: string }
>;

/**
 * Gives the objects of entries their names, as the actor may see them: what is outside the branch keeps its kind and has
 * no name. One query for each kind of object, however many entries.
 * @param tx the actor's transaction
 */
export async function nameObjects(tx: ActorTx, entries: readonly StoredEntry[]): Promise<readonly AuditRow[]> {
  const direct = entries.map((entry) => refsOf(entry));
  const attempts = await readAttempts(tx, idsOf(direct, 'attempt'));
  const onboardings = await readOnboardings(tx, idsOf(direct, 'onboarding'));
  const through = (refs: Refs) => {
    const { object } = refs;
    return object === undefined ? undefined : (attempts.get(object.id) ?? onboardings.get(object.id));
  };
  const all = direct.map((refs) => ({ ...refs, ...through(refs)?.refs }));
  const known: Partial<Record<AuditSubject, Known>> = {
    attempt: attempts,
    onboarding: onboardings,
    mapping: await readMappings(tx, idsOf(all, 'mapping')),
    partner: await readPartners(tx, idsOf(all, 'partner')),
    connection: await readConnections(tx, idsOf(all, 'connection')),
    customer: await readCustomers(tx, idsOf(all, 'customer')),
    user: await readUsers(tx, idsOf(all, 'user')),
  };
  const toNamed = ({ kind, id }: Ref): NamedObject => {
    const found = known[kind]?.get(id);
    return { kind, id, name: found?.name ?? null, href: found?.href ?? null };
  };
  return entries.map((entry, place) => {
    const refs = all[place] ?? {};
    const named: Partial<Record<AuditPlace, NamedObject>> = {};
    for (const [key, ref] of entriesOf(refs)) named[key] = toNamed(ref);
    const concerned = through(direct[place] ?? {});
    // A partner at a vendor is no customer of ours, and stands where one would.
    if (concerned?.added !== undefined) {
      named.customer = { kind: 'partner', id: refs.object?.id ?? '', name: concerned.added || null, href: null };
    }
    return { ...entry, named, operation: concerned?.operation ?? null };
  });
}

const entriesOf = (refs: Refs) =>
  (['object', 'partner', 'connection', 'customer', 'from', 'to'] as const).flatMap((place) => {
    const ref = refs[place];
    return ref === undefined ? [] : [[place, ref] as const];
  });

/** The objects that an entry itself names: its subject, and ids in its detail. */
function refsOf({ subjectKind, subjectId, action, detail }: StoredEntry): Refs {
  const inDetail = (kind: AuditSubject, key: string): Ref | undefined => {
    const id = parseId(typeof detail[key] === 'string' ? detail[key] : null);
    return id === null ? undefined : { kind, id };
  };
  const id = parseId(subjectId);
  const parent = inDetail('partner', 'parent');
  const partner = inDetail('partner', 'partner') ?? parent;
  const connection = inDetail('connection', 'connection');
  const moved = action === 'partner.moved' ? { from: inDetail('partner', 'from'), to: inDetail('partner', 'to') } : {};
  const given = { object: id === null ? undefined : { kind: subjectKind, id }, partner, connection, ...moved };
  return Object.fromEntries(Object.entries(given).filter(([, ref]) => ref !== undefined));
}

function idsOf(refs: readonly Refs[], kind: AuditSubject): string[] {
  return [...new Set(refs.flatMap((one) => entriesOf(one).flatMap(([, ref]) => (ref.kind === kind ? [ref.id] : []))))];
}

async function readAttempts(tx: ActorTx, ids: string[]): Promise<Known> {
  if (ids.length === 0) return new Map();
  const rows = await tx.attempt.findMany({
    where: { id: { in: ids } },
    select: { ...concerns, id: true, correlationId: true, connectionId: true, operation: true },
  });
  return new Map(
    rows.map(({ id, correlationId, connectionId, operation, ...row }) => {
      const { refs, ...concerned } = concernedBy(row);
      return [
        id,
        {
          name: id,
          href: attemptHref({ correlationId, attemptId: id }),
          refs: { connection: { kind: 'connection', id: connectionId }, ...refs },
          operation,
          ...concerned,
        },
      ];
    }),
  );
}

async function readOnboardings(tx: ActorTx, ids: string[]): Promise<Known> {
  if (ids.length === 0) return new Map();
  const rows = await tx.onboarding.findMany({
    where: { correlationId: { in: ids } },
    select: {
      correlationId: true,
      customerId: true,
      attempts: { select: concerns, where: { operation: 'add-partner' }, orderBy: { id: 'desc' }, take: 1 },
    },
  });
  return new Map(
    rows.map(({ correlationId: id, customerId, attempts }) => {
      const content = attempts[0]?.content ?? null;
      return [id, { name: id, href: `/onboardings/${id}`, ...concernedBy({ customerId, content }) }];
    }),
  );
}

const concerns = { customerId: true, content: { select: { input: true } } } as const;

/** Whom an attempt concerns: a customer of ours, or a partner that it adds at the vendor. */
function concernedBy(row: {
  readonly customerId: string | null;
  readonly content: { readonly input: unknown } | null;
}): { readonly refs?: Refs; readonly added?: string } {
  if (row.customerId !== null) return { refs: { customer: { kind: 'customer', id: row.customerId } } };
  const intent = partnerIntentSchema.safeParse(row.content?.input);
  return { added: intent.success ? intent.data.name : '' };
}

/** A mapping is named by what the vendor calls it; one that was removed has its id at the vendor in the entry. */
async function readMappings(tx: ActorTx, ids: string[]): Promise<Known> {
  if (ids.length === 0) return new Map();
  const rows = await tx.mapping.findMany({ where: { id: { in: ids } }, select: { id: true, externalName: true } });
  return new Map(
    rows.map(({ id, externalName }) => [id, { name: externalName === '' ? null : externalName, href: null }]),
  );
}

async function readPartners(tx: ActorTx, ids: string[]): Promise<Known> {
  if (ids.length === 0) return new Map();
  const rows = await tx.partner.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(rows.map(({ id, name }) => [id, { name, href: `/partners?partner=${id}` }]));
}

async function readConnections(tx: ActorTx, ids: string[]): Promise<Known> {
  if (ids.length === 0) return new Map();
  const rows = await tx.connection.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(rows.map(({ id, name }) => [id, { name, href: `/connections/${id}` }]));
}

async function readCustomers(tx: ActorTx, ids: string[]): Promise<Known> {
  if (ids.length === 0) return new Map();
  const rows = await tx.customer.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(rows.map(({ id, name }) => [id, { name, href: `/customers/${id}` }]));
}

/** A user's page opens for whoever manages users of that partner. */
async function readUsers(tx: ActorTx, ids: string[]): Promise<Known> {
  if (ids.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ id: string; name: string; managed: boolean }[]>(Prisma.sql`
    select u.id, u.name, exists (
      select from role_grant g join partner_closure c on c.ancestor_id = g.partner_id and c.descendant_id = u.partner_id
      where g.user_id = current_setting('quayside.actor')::uuid
        and g.role = any (${[...rolesHolding('user.manage')]}::text[])) as managed
    from app_user u where u.id = any (${ids}::uuid[]) and ${inBranch('u')}`);
  return new Map(rows.map(({ id, name, managed }) => [id, { name, href: managed ? `/users/${id}` : null }]));
}
