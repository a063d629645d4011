import 'server-only';
import type { ActorTx } from '../db/as-actor';
import { partnerIntentSchema } from '../vendor-partners/partner-intent';
import type { AddedPartner } from './record-view';

interface PartnerAttempt {
  readonly operation: string;
  readonly state: string;
  readonly connectionId: string;
  readonly vendorId: string | null;
  readonly content: { readonly input: unknown } | null;
}

/**
 * What an attempt adds at the vendor, and how the mapping stands that was chosen with it; null for other operations, and when
 * erased.
 */
export async function addedPartnerOf(tx: ActorTx, attempt: PartnerAttempt): Promise<AddedPartner | null> {
  const intent = attempt.operation === 'add-partner' ? partnerIntentSchema.safeParse(attempt.content?.input) : null;
  if (intent?.success !== true) return null;
  const { name, parent, mapTo } = intent.data;
  return {
    name,
    parent: parent === null ? null : { vendorId: parent.vendorId, name: parent.name },
    mapTo: mapTo === null ? null : await standingOf(tx, attempt, mapTo),
  };
}

async function standingOf(
  tx: ActorTx,
  { state, connectionId, vendorId }: PartnerAttempt,
  partnerId: string,
): Promise<AddedPartner['mapTo']> {
  const ours = await tx.partner.findUnique({ where: { id: partnerId }, select: { name: true } });
  // Moved out of the branch since: its name is nobody's business here.
  if (ours === null) return null;
  const { name } = ours;
  if (state !== 'succeeded' || vendorId === null) return { partnerId, name, standing: 'waits' };
  const mapping = await tx.mapping.findFirst({
    where: { connectionId, partnerId, externalId: vendorId },
    select: { id: true },
  });
  return { partnerId, name, standing: mapping === null ? 'lost' : 'mapped' };
}
