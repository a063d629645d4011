import 'server-only';
import type { Actor } from '../auth/actor';
import { type ActorTx, asActor } from '../db/as-actor';
import { Prisma } from '../db/generated/client';
import { inSight } from '../lists/in-branch';

/** A partner as a filter offers it. */
export interface PartnerChoice {
  readonly partnerId: string;
  readonly name: string;
  readonly kind: string;
  /** Levels below the uppermost partner that the actor sees. */
  readonly depth: number;
}

/** More partners than anybody picks from a list; the rest is found by search. */
const most = 200;

/** The partners of the actor's branch, each below its parent, siblings by name. */
export async function listPartners(tx: ActorTx): Promise<readonly PartnerChoice[]> {
  return tx.$queryRaw<PartnerChoice[]>`
    select p.id as "partnerId", p.name, p.kind, list.depth from partner_list(${most}) list join partner p on p.id = list.id
    where ${inSight(Prisma.sql`p.id`)} order by list.place`;
}

/** The same in a transaction of its own, the chosen partner among them however many there are. */
export async function listPartnerChoices(actor: Actor, chosenId: string | null): Promise<readonly PartnerChoice[]> {
  return asActor(actor, async (tx) => {
    const partners = await listPartners(tx);
    if (chosenId === null || partners.some(({ partnerId }) => partnerId === chosenId)) return partners;
    const chosen = await tx.partner.findUnique({ where: { id: chosenId }, select: { name: true, kind: true } });
    return chosen === null ? partners : [...partners, { partnerId: chosenId, ...chosen, depth: 0 }];
  });
}
