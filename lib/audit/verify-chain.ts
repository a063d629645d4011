import 'server-only';
import type { Actor } from '../auth/actor';
import { type ActorTx, asActor } from '../db/as-actor';
import { asSystem } from '../db/as-system';
import { Prisma } from '../db/generated/client';
import { NotFound } from '../errors';
import { inSight } from '../lists/in-branch';
import { listPartners, type PartnerChoice } from '../partners/list-partners';

/** Why a chain does not hold, at its first bad entry. */
export type ChainFault =
  /** The entry's content does not give its hash: it was changed, or swapped with another. */
  | 'changed'
  /** The hash before it is not the one it was chained to: something before it was replaced or inserted. */
  | 'unlinked'
  /** Numbers before it are missing: entries were removed. */
  | 'gap'
  /** The chain ends before its head: the last entries were removed. */
  | 'cut';

export interface ChainVerdict {
  readonly partnerId: string;
  readonly partnerName: string;
  /** Entries recomputed. */
  readonly entries: number;
  /** Number of the first bad entry and what is wrong with it; null when the chain holds. */
  readonly fault: { readonly seq: number; readonly entryId: string | null; readonly kind: ChainFault } | null;
}

interface Stretch {
  readonly entries: number;
  readonly last: number | null;
  readonly lastHash: string | null;
  readonly badSeq: number | null;
  readonly badId: string | null;
  readonly badKind: ChainFault | null;
}

const stretchLength = 5_000;

/** Recomputes the chains of every partner that the actor sees. */
export async function verifyChains(actor: Actor): Promise<readonly ChainVerdict[]> {
  const partners = await asActor(actor, listPartners);
  const verdicts: ChainVerdict[] = [];
  for (const partner of partners) verdicts.push(await verifyChain(actor, partner));
  return verdicts;
}

/**
 * Recomputes a partner's chain from its first entry: each hash from the entry and the hash before it. Finds edits,
 * removals, insertions and swaps made behind the portal's back, by whoever owns the database too; somebody who rewrites
 * the whole chain with its head is found only against a hash that was kept elsewhere (an export holds them).
 * @throws NotFound when the partner is outside the branch
 */
export async function verifyChain(
  actor: Actor,
  { partnerId, name }: Pick<PartnerChoice, 'partnerId' | 'name'>,
): Promise<ChainVerdict> {
  const visible = await asActor(actor, (tx) =>
    tx.partner.findUnique({ where: { id: partnerId }, select: { id: true } }),
  );
  if (visible === null) throw new NotFound();
  // Read first: entries that are appended meanwhile are then no fault.
  const head = await headOf(partnerId);
  const verdict = { partnerId, partnerName: name };
  let entries = 0;
  let last = 0;
  let lastHash = '';
  for (;;) {
    const stretch = await asActor(actor, (tx) => readStretch(tx, { partnerId, last, lastHash }));
    entries += stretch.entries;
    const { badSeq, badId, badKind } = stretch;
    if (badSeq !== null && badKind !== null) {
      return { ...verdict, entries, fault: { seq: badSeq, entryId: badId, kind: badKind } };
    }
    last = stretch.last ?? last;
    lastHash = stretch.lastHash ?? lastHash;
    if (stretch.entries < stretchLength) break;
  }
  return { ...verdict, entries, fault: last < head ? { seq: last + 1, entryId: null, kind: 'cut' } : null };
}

/** The number of the last entry that was appended, by the head row; an actor may not read heads. */
async function headOf(partnerId: string): Promise<number> {
  const rows = await asSystem(
    'verify the audit chain',
    (tx) =>
      tx.$queryRaw<{ seq: number }[]>`select seq::float8 as seq from audit_head where partner_id = ${partnerId}::uuid`,
  );
  return rows[0]?.seq ?? 0;
}

async function readStretch(
  tx: ActorTx,
  { partnerId, last, lastHash }: { readonly partnerId: string; readonly last: number; readonly lastHash: string },
): Promise<Stretch> {
  const rows = await tx.$queryRaw<Stretch[]>`
    with stretch as (
      select id, seq, hash, prev_hash, seq - lag(seq, 1, ${last}::bigint) over chain as step,
        lag(hash, 1, decode(${lastHash}, 'hex')) over chain as hash_before,
        audit_digest(prev_hash, entry.whole) as digest
      from (select e.*, e as whole from audit_entry e where partner_id = ${partnerId}::uuid
        and ${inSight(Prisma.sql`e.partner_id`)} and seq > ${last}::bigint
        order by seq limit ${stretchLength}) entry
      window chain as (order by seq)
    ), bad as (
      select seq, id, case when digest <> hash then 'changed' when step <> 1 then 'gap' else 'unlinked' end as kind
      from stretch where step <> 1 or digest <> hash or prev_hash <> hash_before order by seq limit 1
    )
    select count(*)::integer as entries, max(stretch.seq)::float8 as last,
      encode((array_agg(stretch.hash order by stretch.seq desc))[1], 'hex') as "lastHash",
      (select seq::float8 from bad) as "badSeq", (select id from bad) as "badId", (select kind from bad) as "badKind"
    from stretch`;
  const [stretch] = rows;
  if (stretch === undefined) throw new Error('an aggregate returned no row');
  return stretch;
}
