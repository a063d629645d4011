import 'server-only';
import type { ActorTx } from '../db/as-actor';
import { Prisma } from '../db/generated/client';
import { attemptsByVendorId, idsThatBegin, mappingIs } from '../lists/begins-with';
import { inBranch, ofBranch } from '../lists/in-branch';
import { likePrefix, type SearchTerm, spellings } from '../lists/search-term';

/** What a search term stands for in the record. */
export interface AuditTargets {
  readonly correlationIds: readonly string[];
  readonly actorIds: readonly string[];
  /** Objects of entries, attempts apart: their entries carry the correlation id. */
  readonly subjectIds: readonly string[];
  /** More ids begin so, or more people are called so, than are looked through. */
  readonly cut: boolean;
}

/** Records of one kind that a term may stand for. */
const most = 50;

type FoundKind = 'correlation' | 'attempt' | 'person' | 'subject';

/**
 * The onboardings, people and objects that a search term names; null without a term. A whole id is taken as it is, the first
 * six or more characters as whatever of the branch begins so; a vendor's id leads to its attempts and to mappings,
 * a customer's to its onboardings.
 * @param tx the actor's transaction
 */
export async function findAuditTargets(tx: ActorTx, term: SearchTerm | null): Promise<AuditTargets | null> {
  if (term === null) return null;
  const words = Prisma.sql`any (${[...spellings(term.text)]}::text[])`;
  const found = await tx.$queryRaw<{ kind: FoundKind; id: string }[]>`
    select 'attempt' as kind, id from (
      select r.id from attempt r where r.id = ${term.id}::uuid and ${inBranch('r')}
      union (select r.id from attempt r where r.vendor_id = ${words} and ${inBranch('r')} limit ${most + 1})
      union (select r.id from attempt r where r.vendor_correlation_id = ${words} and ${inBranch('r')} limit ${most + 1})
      union select id from (${attemptsByVendorId(term, most + 1)}) begins (id)) of_vendor
    union all (select 'subject', m.id from mapping m where ${mappingIs(term)} and ${inBranch('m')} limit ${most + 1})
    ${term.id === null ? byNameOrBeginning(term) : Prisma.empty}`;
  const ids = (kind: FoundKind) => [...new Set(found.filter((row) => row.kind === kind).map((row) => row.id))];
  const attempts = ids('attempt').slice(0, most);
  const whole = term.id === null ? [] : [term.id];
  const subjects = [...whole, ...ids('subject')];
  const ofAttempts = await tx.$queryRaw<{ id: string }[]>`
    select distinct r.correlation_id as id from attempt r where r.id = any (${attempts}::uuid[]) and ${inBranch('r')}`;
  const ofCustomers = await tx.$queryRaw<{ id: string }[]>`
    select o.correlation_id as id from onboarding o
    where o.customer_id = any (${subjects}::uuid[]) and ${inBranch('o')} order by o.id desc limit ${most + 1}`;
  const through = [...ofAttempts, ...ofCustomers.slice(0, most)].map((row) => row.id);
  const kinds = ['attempt', 'correlation', 'person', 'subject'] as const;
  return {
    correlationIds: [...new Set([...whole, ...ids('correlation').slice(0, most), ...through])],
    actorIds: [...whole, ...ids('person')],
    subjectIds: subjects,
    cut: kinds.some((kind) => ids(kind).length > most) || ofCustomers.length > most,
  };
}

function byNameOrBeginning(term: SearchTerm): Prisma.Sql {
  const begins = (kind: FoundKind, table: Parameters<typeof idsThatBegin>[0]) => Prisma.sql`
    union all select ${kind}, id from (${idsThatBegin(table, term, most + 1)}) begins (id)`;
  const ofIds = [
    ...[begins('correlation', 'onboarding'), begins('attempt', 'attempt'), begins('person', 'user')],
    ...[
      begins('subject', 'customer'),
      begins('subject', 'connection'),
      begins('subject', 'partner'),
      begins('subject', 'user'),
    ],
  ];
  return Prisma.sql`
    union all (select 'person', u.id from app_user u where u.name ilike ${likePrefix(term.text)} and ${ofBranch('u')}
      limit ${most + 1})
    ${term.range === null ? Prisma.empty : Prisma.join(ofIds, ' ')}`;
}
