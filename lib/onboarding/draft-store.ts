import 'server-only';
import { z } from 'zod';
import type { Actor } from '../auth/actor';
import { authorize } from '../auth/authorize';
import { type ActorTx, asActor } from '../db/as-actor';
import { Conflict } from '../errors';
import { jsonSchema } from '../vendors/json-schema';
import type { Json } from '../vendors/vendor';
import type { DraftContent } from './form-start';
import { mostServices } from './submission';

/** Drafts are rows per person: gone after the submit, or 30 days after they were last saved. */

export const draftContentSchema = z.strictObject({
  partnerId: z.uuid(),
  customerId: z.uuid().nullable(),
  facts: jsonSchema,
  vendors: z
    .array(
      z.strictObject({
        connectionId: z.uuid(),
        input: jsonSchema,
        retryOf: z.uuid().nullable(),
        services: z
          .array(z.strictObject({ input: jsonSchema, retryOf: z.uuid().nullable() }))
          .max(mostServices)
          .optional(),
      }),
    )
    .max(20),
}) satisfies z.ZodType<DraftContent>;

const usedId = 'This form was used already, or its id cannot be used. Open a new form; nothing was saved.';
const lifeDays = 30;

interface DraftWrite {
  readonly correlationId: string;
  readonly content: DraftContent;
  readonly name: string;
}

/**
 * Saves what is typed so far.
 * @returns when it was saved
 * @throws Conflict when the form was submitted or the id belongs to somebody else; NotFound, Forbidden at the partner
 */
export async function saveDraft(actor: Actor, correlationId: string, content: DraftContent): Promise<Date> {
  return asActor(actor, async (tx) => {
    await authorize(tx, actor, 'onboarding.plan', content.partnerId);
    const submitted = await tx.onboarding.findUnique({ where: { correlationId }, select: { id: true } });
    const isRetry = content.vendors.some((vendor) => vendor.retryOf !== null);
    if (submitted !== null && !isRetry) throw new Conflict(usedId);
    await writeDraft(tx, actor, { correlationId, content, name: nameIn(content.facts) });
    return new Date();
  });
}

/** Keeps what a plan read at the vendors, with the draft (made when there is none yet). */
export async function keepEvidence(
  tx: ActorTx,
  actor: Actor,
  draft: DraftWrite,
  evidence: Readonly<Record<string, unknown>>,
): Promise<void> {
  await writeDraft(tx, actor, draft);
  await tx.draft.update({ where: { correlationId: draft.correlationId }, data: { evidence: toStored(evidence) } });
}

async function writeDraft(tx: ActorTx, actor: Actor, { correlationId, content, name }: DraftWrite): Promise<void> {
  const known = await tx.draft.findUnique({ where: { correlationId }, select: { correlationId: true } });
  const stored = {
    partnerId: content.partnerId,
    name: name.slice(0, 255),
    content: toStored({ ...content }),
    savedAt: new Date(),
  };
  if (known !== null) {
    await tx.draft.update({ where: { correlationId }, data: stored });
    return;
  }
  // `createMany … skipDuplicates` tells of an id that is somebody else's by its count, where `create` would abort the transaction.
  const { count } = await tx.draft.createMany({
    data: [{ correlationId, userId: actor.userId, ...stored }],
    skipDuplicates: true,
  });
  if (count === 0) throw new Conflict(usedId);
}

function toStored(value: Readonly<Record<string, unknown>>) {
  return z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify(value)));
}

function nameIn(facts: Json): string {
  const parsed = z.object({ name: z.string() }).safeParse(facts);
  return parsed.success ? parsed.data.name : '';
}

/** Throws a draft of one's own away. */
export async function discardDraft(actor: Actor, correlationId: string): Promise<void> {
  await asActor(actor, (tx) => tx.draft.deleteMany({ where: { correlationId } }));
}

/** The person's drafts, newest first; those past their life are removed on the way. */
export async function listDrafts(tx: ActorTx) {
  const oldest = new Date(Date.now() - lifeDays * 86_400_000);
  await tx.draft.deleteMany({ where: { savedAt: { lt: oldest } } });
  return tx.draft.findMany({
    select: { correlationId: true, name: true, savedAt: true },
    orderBy: { savedAt: 'desc' },
    take: 10,
  });
}
