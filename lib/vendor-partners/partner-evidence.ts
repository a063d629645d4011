import 'server-only';
import { z } from 'zod';
import type { Actor } from '../auth/actor';
import { type ActorTx, asActor } from '../db/as-actor';
import type { Prisma } from '../db/generated/client';
import { canonicalHash } from '../onboarding/canonical-hash';
import { evidenceLifeMs } from '../onboarding/evidence';
import { customerMatches } from '../vendors/found-customer';
import { VendorError } from '../vendors/http/vendor-error';
import { vendorProblemSchema } from '../vendors/problem-schema';
import type { VendorProblem } from '../vendors/vendor';
import type { FoundPartner, PartnerDraft, PartnerParent } from '../vendors/vendor-partners';
import { contextOf, type PartnerScope } from './partner-scope';
import type { PartnerSubmission } from './partner-submission';
import { readAtVendor } from './read-partners';
import { hiddenIds } from './within-sight';

/** What the plan of a partner read at the vendor, kept so that a submit need not read again. */
const evidenceSchema = z.object({
  /** What was looked for: evidence for another name, parent or mapping is worth nothing. */
  query: z.string(),
  readAt: z.iso.datetime(),
  /** The partner that the new one goes below; null: not there, or not to be seen. */
  parent: z.nullable(
    z.object({
      vendorId: z.string(),
      name: z.string(),
      level: z.string(),
      state: z.string().nullable(),
      gives: z.nullable(z.array(z.string())),
    }),
  ),
  /** Was the parent read? */
  parentRead: z.boolean(),
  /** Null: nobody could look. */
  found: z.nullable(
    z.array(
      z.object({
        vendorId: z.string(),
        name: z.string(),
        key: z.string().nullable(),
        match: z.enum(customerMatches),
      }),
    ),
  ),
  elsewhere: z.boolean(),
  problem: z.nullable(vendorProblemSchema),
});
export type PartnerEvidence = z.infer<typeof evidenceSchema>;

/** The fingerprint of what a plan asks the vendor. */
function queryHash(
  { connection, partnerId }: PartnerScope,
  { correlationId, parentId, facts, input }: PartnerSubmission,
) {
  const { connectionId, version, mappingId } = connection;
  return canonicalHash({ connectionId, version, mappingId, partnerId, correlationId, parentId, facts, input });
}

/** Parses the vendor's section below a parent; null where it cannot be read. */
export function draftOf(
  scope: PartnerScope,
  { correlationId, facts, input }: PartnerSubmission,
  parent: PartnerParent | null,
): PartnerDraft | null {
  try {
    return { facts, input: scope.partners.parseInput(input, parent), context: contextOf(scope, correlationId) };
  } catch (error) {
    if (error instanceof z.core.$ZodError) return null;
    throw error;
  }
}

/**
 * Reads at the vendor what the plan of a partner needs: the parent, and whether one of its key or name is there. A partner
 * below the owner of a shared connection is shown what lies inside its mapping; that something else exists is said, not what.
 */
export async function gatherPartnerEvidence(
  actor: Actor,
  scope: PartnerScope,
  submission: PartnerSubmission,
): Promise<PartnerEvidence> {
  const { partners, rules, connection } = scope;
  const { mappingId } = connection;
  const base = { query: queryHash(scope, submission), readAt: new Date().toISOString() };
  let parent: PartnerParent | null = null;
  let parentRead = false;
  const failed = (problem: VendorProblem): PartnerEvidence => ({
    ...base,
    parent: toStored(parent),
    parentRead,
    found: null,
    elsewhere: false,
    problem,
  });
  try {
    return await readAtVendor(
      scope,
      async (call) => {
        const vendorId = submission.parentId;
        const there = rules.tree ? await partners.getPartner(call, { vendorId, mappingId }) : null;
        const isHidden = there !== null && (await hiddenIds(actor, scope, [there.vendorId])).has(there.vendorId);
        parent = isHidden ? null : there;
        parentRead = true;
        const draft = rules.tree && parent === null ? null : draftOf(scope, submission, parent);
        const read = { ...base, parent: toStored(parent), parentRead, problem: null };
        if (draft === null) return { ...read, found: [], elsewhere: false };
        const all = await partners.findPartners(call, { ...draft, context: { ...draft.context, mappingId: null } });
        const inside = mappingId === null ? all : await partners.findPartners(call, draft);
        const hidden = await hiddenIds(
          actor,
          scope,
          inside.map((one) => one.vendorId),
        );
        const found = inside.filter((one) => !hidden.has(one.vendorId));
        return { ...read, found: [...found], elsewhere: found.length < all.length };
      },
      submission.correlationId,
    );
  } catch (error) {
    if (error instanceof VendorError) return failed(error.problem);
    throw error;
  }
}

function toStored(parent: PartnerParent | null): PartnerEvidence['parent'] {
  if (parent === null) return null;
  const { vendorId, name, level, state, gives } = parent;
  return { vendorId, name, level, state, gives: gives === null ? null : [...gives] };
}

/** Keeps what a plan read, in the place of what was read for this form before. */
export async function keepPartnerEvidence(
  actor: Actor,
  { correlationId, partnerId }: Pick<PartnerSubmission, 'correlationId' | 'partnerId'>,
  evidence: PartnerEvidence,
): Promise<void> {
  await asActor(actor, async (tx) => {
    const { userId } = actor;
    const stored: Prisma.InputJsonObject = JSON.parse(JSON.stringify(evidence));
    const kept = await tx.partnerEvidence.updateMany({
      where: { correlationId },
      data: { evidence: stored, readAt: new Date() },
    });
    // An id that is somebody else's is taken: nothing is kept, and a submit will say that it cannot be used.
    if (kept.count === 0) {
      await tx.partnerEvidence.createMany({
        data: { correlationId, userId, partnerId, evidence: stored },
        skipDuplicates: true,
      });
    }
  });
}

/** What was read for exactly this form, as far as it is fresh. */
export async function keptPartnerEvidence(
  tx: ActorTx,
  scope: PartnerScope,
  submission: PartnerSubmission,
): Promise<PartnerEvidence | null> {
  const { correlationId } = submission;
  const row = await tx.partnerEvidence.findUnique({ where: { correlationId }, select: { evidence: true } });
  const kept = evidenceSchema.safeParse(row?.evidence);
  if (!kept.success || kept.data.query !== queryHash(scope, submission)) return null;
  return Date.parse(kept.data.readAt) > Date.now() - evidenceLifeMs ? kept.data : null;
}

/** Which of what was found speaks against adding another one. */
export function likeOf(found: readonly FoundPartner[], correlationId: string) {
  const ours = found.filter((one) => one.match === 'key' && one.key === correlationId);
  return { ours, others: found.filter((one) => !ours.includes(one)) };
}
