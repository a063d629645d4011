import 'server-only';
import { z } from 'zod';
import { appendAuditEntry } from '../audit/append-entry';
import type { Actor } from '../auth/actor';
import { authorize } from '../auth/authorize';
import { type ActorTx, asActor } from '../db/as-actor';
import { Prisma } from '../db/generated/client';
import { Conflict, NotFound, Stale } from '../errors';
import { inSight } from '../lists/in-branch';
import { type MoveHindrance, type MovePreview, moveHindrances, type SightChange } from './move-preview';
import type { MovePartnerInput } from './partner-schema';

const sentences: Readonly<Record<MoveHindrance, string>> = {
  top: 'This partner is the uppermost one you see. Only an admin of the partner above it can move it.',
  same: 'It stands there already.',
  cycle: 'A partner cannot be moved below itself.',
  kind: 'A CSP stands right below the host and nowhere else.',
  disabled: 'The partner it would stand below, or one above that, is disabled. Enable it first.',
};

const answerSchema = z.enum([...moveHindrances, 'moved', 'stale', 'absent']);

/**
 * Puts a partner, with everything below it, below another one of the actor's branch. One change of the tree at a time, so
 * that two moves at once cannot make a circle. An entry stands in the audit of the parent it leaves and of the one it gets.
 * @throws NotFound, Forbidden, Stale, Conflict with the sentence that hinders it
 */
export async function movePartner(actor: Actor, { partnerId, parentId, version }: MovePartnerInput): Promise<void> {
  await asActor(actor, async (tx) => {
    // Before the rights are asked for: whoever waited here decides by the tree as it has become.
    await tx.$executeRaw`select partner_tree_hold()`;
    const { from } = await requireMovable(tx, actor, partnerId, parentId);
    const role = await authorize(tx, actor, 'partner.manage', parentId);
    const { gains, loses } = await readSight(tx, partnerId, parentId);
    const [row] = await tx.$queryRaw<unknown[]>`
      select partner_move(${partnerId}::uuid, ${parentId}::uuid, ${version}::integer) as answer`;
    const { answer } = z.object({ answer: answerSchema }).parse(row);
    if (answer === 'absent') throw new NotFound();
    if (answer === 'stale') throw new Stale();
    if (answer !== 'moved') throw new Conflict(sentences[answer], { parentId: [sentences[answer]] });
    // By id: every transaction that writes to several chains takes them in the same order.
    for (const chain of [from, parentId].filter((id) => id !== null).sort()) {
      await appendAuditEntry(tx, {
        partnerId: chain,
        action: 'partner.moved',
        subject: { kind: 'partner', id: partnerId },
        detail: { from, to: parentId, gains: gains.count, loses: loses.count },
        by: { actor, role },
      });
    }
  });
}

/** The right to move, held at both ends: at the parent it would get, and at the partner (or, where in sight, at its parent). */
async function requireMovable(
  tx: ActorTx,
  actor: Actor,
  partnerId: string,
  parentId: string,
): Promise<{ readonly from: string | null; readonly name: string; readonly targetName: string }> {
  const target = await tx.partner.findUnique({ where: { id: parentId }, select: { name: true } });
  const moved = await tx.partner.findUnique({ where: { id: partnerId }, select: { name: true, parentId: true } });
  if (target === null || moved === null) throw new NotFound();
  await authorize(tx, actor, 'partner.manage', parentId);
  await authorize(tx, actor, 'partner.manage', partnerId);
  const above =
    moved.parentId === null
      ? null
      : await tx.partner.findUnique({ where: { id: moved.parentId }, select: { id: true } });
  // Out of sight: partner_move() answers that it is the top of the branch.
  if (above !== null) await authorize(tx, actor, 'partner.manage', above.id);
  return { from: above?.id ?? null, name: moved.name, targetName: target.name };
}

/**
 * What moving a partner below another one would change: who would see it from then on, who no longer, and what it takes
 * along. Nothing is changed.
 * @throws NotFound, Forbidden
 */
export async function previewMove(actor: Actor, partnerId: string, parentId: string): Promise<MovePreview> {
  return asActor(actor, async (tx) => {
    const { name, targetName } = await requireMovable(tx, actor, partnerId, parentId);
    const [row] = await tx.$queryRaw<unknown[]>`
      select partner_move_hindrance(${partnerId}::uuid, ${parentId}::uuid) as hindrance, below, customers
      from partner_figures(${partnerId}::uuid)`;
    const facts = z
      .object({ hindrance: z.enum(moveHindrances).nullable(), below: z.number(), customers: z.number() })
      .parse(row);
    const connections = await readConnections(tx, partnerId, parentId);
    return {
      partnerName: name,
      targetName,
      ...facts,
      ...(await readSight(tx, partnerId, parentId)),
      connectionsLost: connections.filter(({ gained }) => !gained).map((one) => one.name),
      connectionsGained: connections.filter(({ gained }) => gained).map((one) => one.name),
    };
  });
}

/** People named in a preview; beyond them a count says enough. */
const mostNamed = 30;

const personSchema = z.object({
  user_id: z.string(),
  user_name: z.string().nullable(),
  role: z.string(),
  gains: z.boolean(),
});

async function readSight(
  tx: ActorTx,
  partnerId: string,
  parentId: string,
): Promise<{ readonly gains: SightChange; readonly loses: SightChange }> {
  const rows = await tx.$queryRaw<unknown[]>`
    select user_id, user_name, role, gains from partner_move_sight(${partnerId}::uuid, ${parentId}::uuid)`;
  const people = z.array(personSchema).parse(rows);
  const change = (gains: boolean): SightChange => {
    const those = people.filter((one) => one.gains === gains);
    const named = those.flatMap(({ user_id, user_name, role }) =>
      user_name === null ? [] : [{ userId: user_id, name: user_name, role }],
    );
    return { count: those.length, people: named.slice(0, mostNamed), unnamed: those.length - named.length };
  };
  return { gains: change(true), loses: change(false) };
}

const connectionsShown = 20;

/** Shared connections of partners that stand above in one of the two places alone. */
async function readConnections(
  tx: ActorTx,
  partnerId: string,
  parentId: string,
): Promise<readonly { readonly name: string; readonly gained: boolean }[]> {
  return tx.$queryRaw<{ name: string; gained: boolean }[]>`
    with before as (select ancestor_id as id from partner_closure where descendant_id = ${partnerId}::uuid and depth > 0),
      after as (select ancestor_id as id from partner_closure where descendant_id = ${parentId}::uuid)
    select k.name, k.partner_id in (select id from after) as gained from connection k
    where k.shared and k.disabled_at is null and ${inSight(Prisma.sql`k.partner_id`)}
      and (k.partner_id in (select id from before)) <> (k.partner_id in (select id from after))
    order by lower(k.name), k.id limit ${connectionsShown}`;
}
