import 'server-only';
import type { AttemptState } from '../attempts/attempt';
import { attemptHref } from '../attempts/attempt-href';
import { stateAsRead } from '../attempts/state-sql';
import type { Actor } from '../auth/actor';
import { roleHolds } from '../auth/permissions';
import { type ActorTx, asActor } from '../db/as-actor';
import { Prisma } from '../db/generated/client';
import { attemptsByVendorId, customersByVendorId, idsThatBegin, mappingIs, textBeginsWith } from '../lists/begins-with';
import { connectionInSight, inBranch, inSight } from '../lists/in-branch';
import { likePattern, parseSearchTerm, type SearchTerm, spellings } from '../lists/search-term';
import type { Words } from '../messages/words';
import { nameOfPartner } from '../onboarding/list-onboardings';
import type { PartnerKind } from '../partners/partner-node';
import { catalogEntry } from '../vendors/catalog';
import type { VendorKey } from '../vendors/vendor';
import type { SearchAnswer, SearchKind, SearchResult } from './search-result';

interface Asking {
  readonly tx: ActorTx;
  readonly actor: Actor;
  readonly words: Words;
}

/** Lines an answer has at most. */
export const mostResults = 12;

/**
 * Finds records of the actor's branch by any id in them, by a vendor's id, by what a partner is at a connection, by an
 * e-mail address of a user (for whoever manages users); else by the first six or more characters of an id, by a part of a
 * name, and by what vendors answered.
 */
export async function search(actor: Actor, typed: string, words: Words): Promise<SearchAnswer> {
  const term = parseSearchTerm(typed);
  if (term === null) return { exact: false, results: [] };
  return asActor(actor, async (tx) => {
    const exact = await findExactly({ tx, actor, words }, term);
    if (exact.length > 0) return { exact: true, results: exact.slice(0, mostResults) };
    const begins = await findByBeginning({ tx, actor, words }, term);
    const named = (await findByName({ tx, actor, words }, term)).filter(({ id }) =>
      begins.every((one) => one.id !== id),
    );
    // The beginning of one id alone is as good as the whole.
    return { exact: begins.length === 1 && named.length === 0, results: [...begins, ...named].slice(0, mostResults) };
  });
}

/** Records whose id, or whose id at a vendor, begins as typed. */
async function findByBeginning({ tx, actor, words }: Asking, term: SearchTerm): Promise<readonly SearchResult[]> {
  const { range, prefixes } = term;
  if (range === null && prefixes.length === 0) return [];
  const of = (table: Parameters<typeof idsThatBegin>[0]) => idsThatBegin(table, term, mostResults);
  const within = (column: Prisma.Sql) =>
    range === null ? Prisma.sql`false` : Prisma.sql`${column} between ${range.lowest}::uuid and ${range.highest}::uuid`;
  const attempts = await readAttempts(
    { tx, words },
    Prisma.sql`${of('attempt')} union ${attemptsByVendorId(term, mostResults)}`,
  );
  const accounts = customersByVendorId(term, mostResults);
  return [
    ...(await readCustomers(
      tx,
      Prisma.sql`${of('customer')} ${attempts.length > 0 ? Prisma.empty : Prisma.sql`union ${accounts}`}`,
    )),
    ...(await readOnboardings(tx, of('onboarding'))),
    ...attempts,
    ...(await readMappings({ tx, words }, textBeginsWith(Prisma.sql`m.external_id`, prefixes))),
    ...(range === null
      ? []
      : await readPartners({ tx, words }, Prisma.sql`select p.id from partner p where ${within(Prisma.sql`p.id`)}`)),
    ...(range === null ? [] : await readConnections({ tx, words }, within(Prisma.sql`k.id`))),
    ...(range === null ? [] : await readUsers(tx, actor, within(Prisma.sql`u.id`))),
  ];
}

async function findExactly({ tx, actor, words }: Asking, term: SearchTerm): Promise<readonly SearchResult[]> {
  const { id } = term;
  const byWord = Prisma.sql`any (${[...spellings(term.text)]}::text[])`;
  const attempts = await readAttempts(
    { tx, words },
    Prisma.sql`select id from attempt where id = ${id}::uuid
      union select id from attempt where vendor_id = ${byWord}
      union select id from attempt where vendor_correlation_id = ${byWord}`,
  );
  // An attempt that carries a vendor's id says how the account came to be; the customer follows from it.
  const accounts =
    attempts.length > 0
      ? Prisma.empty
      : Prisma.sql`union select customer_id from vendor_account where vendor_id = ${byWord}`;
  return [
    ...(await readCustomers(tx, Prisma.sql`select id from customer where id = ${id}::uuid ${accounts}`)),
    ...(id === null ? [] : await readOnboardings(tx, Prisma.sql`select ${id}::uuid`)),
    ...attempts,
    ...(id === null ? [] : await readPartners({ tx, words }, Prisma.sql`select ${id}::uuid`)),
    ...(await readMappings({ tx, words }, mappingIs({ ...term, prefixes: [] }))),
    ...(id === null ? [] : await readConnections({ tx, words }, Prisma.sql`k.id = ${id}::uuid`)),
    ...(await readUsers(tx, actor, Prisma.sql`(u.id = ${id}::uuid or lower(u.email) = ${term.text.toLowerCase()})`)),
  ];
}

async function findByName({ tx, actor, words }: Asking, term: SearchTerm): Promise<readonly SearchResult[]> {
  const pattern = likePattern(term.text);
  return [
    ...(await readCustomers(tx, Prisma.sql`select id from search_ids('customer', ${pattern}, 6) id`)),
    ...(await readPartners({ tx, words }, Prisma.sql`select id from partner_search(${pattern}, 4) id`)),
    ...(await readConnections({ tx, words }, Prisma.sql`k.name ilike ${pattern}`)),
    ...(await readUsers(tx, actor, Prisma.sql`(u.name ilike ${pattern} or u.email ilike ${pattern})`)),
    ...(await readAttempts({ tx, words }, Prisma.sql`select id from search_ids('attempt', ${pattern}, 3) id`)),
  ];
}

function toResult(kind: SearchKind, id: string, shown: Pick<SearchResult, 'label' | 'detail' | 'href'>): SearchResult {
  return { kind, id, ...shown };
}

async function readCustomers(tx: ActorTx, ids: Prisma.Sql): Promise<readonly SearchResult[]> {
  const rows = await tx.$queryRaw<{ id: string; name: string; country: string; partner: string | null }[]>(Prisma.sql`
    select c.id, c.name, c.country, p.name as partner from customer c left join partner p on p.id = c.partner_id
    where c.id in (${ids}) and ${inBranch('c')} order by c.id desc limit ${mostResults}`);
  return rows.map(({ id, name, country, partner }) =>
    toResult('customer', id, { label: name, detail: [country, partner ?? ''].join(' · '), href: `/customers/${id}` }),
  );
}

async function readOnboardings(tx: ActorTx, correlationIds: Prisma.Sql): Promise<readonly SearchResult[]> {
  const rows = await tx.$queryRaw<{ id: string; customer: string; partner: string | null; who: string }[]>(Prisma.sql`
    select o.correlation_id as id, coalesce(c.name, ${nameOfPartner}, '') as customer, p.name as partner, o.actor_name as who
    from onboarding o left join customer c on c.id = o.customer_id left join partner p on p.id = o.partner_id
    where o.correlation_id in (${correlationIds}) and ${inBranch('o')} order by o.id desc limit ${mostResults}`);
  return rows.map(({ id, customer, partner, who }) =>
    toResult('onboarding', id, {
      label: customer,
      detail: [partner ?? '', who].join(' · '),
      href: `/onboardings/${id}`,
    }),
  );
}

interface FoundAttempt {
  readonly id: string;
  readonly correlationId: string;
  readonly state: AttemptState;
  readonly vendor: VendorKey;
  readonly connection: string;
  readonly customer: string | null;
}

interface FoundMapping {
  readonly id: string;
  readonly partnerId: string;
  readonly externalId: string;
  readonly partner: string;
  readonly connection: string;
  readonly vendor: VendorKey;
}

async function readAttempts(
  { tx, words }: Pick<Asking, 'tx' | 'words'>,
  ids: Prisma.Sql,
): Promise<readonly SearchResult[]> {
  const rows = await tx.$queryRaw<FoundAttempt[]>(Prisma.sql`
    select r.id, r.correlation_id as "correlationId", ${stateAsRead} as state, r.vendor, r.connection_name as connection,
      coalesce(c.name, k.input ->> 'name') as customer
    from attempt r left join customer c on c.id = r.customer_id
    left join attempt_content k on k.attempt_id = r.id and r.customer_id is null
    where r.id in (${ids}) and ${inBranch('r')} order by r.id desc limit ${mostResults}`);
  return rows.map(({ id, correlationId, state, vendor, connection, customer }) =>
    toResult('attempt', id, {
      label: customer ?? id,
      detail: [words(`display.state.${state}`), words(`onboarding.vendor.${vendor}`), connection].join(' · '),
      href: attemptHref({ correlationId, attemptId: id }),
    }),
  );
}

async function readPartners(
  { tx, words }: Pick<Asking, 'tx' | 'words'>,
  ids: Prisma.Sql,
): Promise<readonly SearchResult[]> {
  const rows = await tx.$queryRaw<{ id: string; name: string; kind: PartnerKind }[]>(Prisma.sql`
    select p.id, p.name, p.kind from partner p
    where p.id in (${ids}) and ${inSight(Prisma.sql`p.id`)} order by lower(p.name), p.id`);
  return rows.map(({ id, name, kind }) =>
    toResult('partner', id, { label: name, detail: words(`partners.kind.${kind}`), href: `/partners?partner=${id}` }),
  );
}

/** Partners by what they are at a connection: a reseller's id, a parent's id. */
async function readMappings(
  { tx, words }: Pick<Asking, 'tx' | 'words'>,
  where: Prisma.Sql,
): Promise<readonly SearchResult[]> {
  const rows = await tx.$queryRaw<FoundMapping[]>(Prisma.sql`
    select m.id, m.partner_id as "partnerId", m.external_id as "externalId", p.name as partner,
      k.name as connection, k.vendor
    from mapping m join partner p on p.id = m.partner_id join connection k on k.id = m.connection_id
    where ${where} and ${inBranch('m')} and ${connectionInSight('k')} order by lower(p.name), m.id limit ${mostResults}`);
  return rows.map(({ id, partnerId, externalId, partner, connection, vendor }) =>
    toResult('partner', id, {
      label: partner,
      detail: words('search.mapping', {
        field: catalogEntry(vendor)?.mapping?.field ?? words(`onboarding.vendor.${vendor}`),
        id: externalId,
        connection,
      }),
      href: `/partners?partner=${partnerId}`,
    }),
  );
}

async function readConnections(
  { tx, words }: Pick<Asking, 'tx' | 'words'>,
  where: Prisma.Sql,
): Promise<readonly SearchResult[]> {
  const rows = await tx.$queryRaw<{ id: string; name: string; vendor: VendorKey }[]>(Prisma.sql`
    select k.id, k.name, k.vendor from connection k where ${where} and ${connectionInSight('k')}
    order by lower(k.name), k.id limit 4`);
  return rows.map(({ id, name, vendor }) =>
    toResult('connection', id, {
      label: name,
      detail: words(`onboarding.vendor.${vendor}`),
      href: `/connections/${id}`,
    }),
  );
}

/** Users, for whoever manages them, and only of the partners where that holds. */
async function readUsers(tx: ActorTx, actor: Actor, where: Prisma.Sql): Promise<readonly SearchResult[]> {
  const managed = actor.grants.filter(({ role }) => roleHolds(role, 'user.manage')).map(({ partnerId }) => partnerId);
  if (managed.length === 0) return [];
  const rows = await tx.$queryRaw<{ id: string; name: string; email: string }[]>(Prisma.sql`
    select u.id, u.name, u.email from app_user u
    where ${where} and ${inBranch('u')} and u.partner_id in (select descendant_id from partner_closure where ancestor_id = any (${managed}::uuid[]))
    order by lower(u.name), u.id limit 4`);
  return rows.map(({ id, name, email }) => toResult('user', id, { label: name, detail: email, href: `/users/${id}` }));
}
