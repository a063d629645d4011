import 'server-only';
import type { Actor } from '../auth/actor';
import { type ActorTx, asActor } from '../db/as-actor';
import { canonicalHash } from '../onboarding/canonical-hash';
import type { LintFinding } from '../vendors/vendor';
import type { FoundPartner, PartnerDraft, PartnerParent } from '../vendors/vendor-partners';
import { type MapTarget, requireMapTarget } from './map-target';
import {
  draftOf,
  gatherPartnerEvidence,
  keepPartnerEvidence,
  keptPartnerEvidence,
  likeOf,
  type PartnerEvidence,
} from './partner-evidence';
import { type PartnerIntent, partnerIntentSchema, partnerSubject } from './partner-intent';
import type { PartnerPlanView } from './partner-plan-view';
import { contextOf, type PartnerScope, requirePartnerScope } from './partner-scope';
import type { PartnerSubmission } from './partner-submission';
import { decidePartner } from './partner-verdict';

/** A plan with what the engine needs to carry it out. */
export interface PartnerPlan {
  readonly view: PartnerPlanView;
  readonly scope: PartnerScope;
  /** Null when the form could not be read. */
  readonly intent: PartnerIntent | null;
}

const permission = 'vendor-partner.add';

/**
 * Plans to add a partner at the vendor: reads the parent and whether one like it is there, keeps that, and says what would
 * happen. Sends nothing.
 * @throws NotFound outside the branch; Forbidden without the role; Conflict where the chosen mapping cannot be
 */
export async function planPartner(actor: Actor, submission: PartnerSubmission): Promise<PartnerPlanView> {
  const scope = await asActor(actor, (tx) => scopeOf(tx, actor, submission));
  if (scope.connection.unusable === null) {
    await keepPartnerEvidence(actor, submission, await gatherPartnerEvidence(actor, scope, submission));
  }
  return asActor(actor, async (tx) => (await makePartnerPlan(tx, actor, submission)).view);
}

async function scopeOf(tx: ActorTx, actor: Actor, submission: PartnerSubmission): Promise<PartnerScope> {
  const scope = await requirePartnerScope(tx, actor, { ...submission, permission });
  await requireMapTarget(tx, actor, scope, submission.mapTo);
  return scope;
}

/** Makes the plan of what is known. Reads our own database only, so that a submit finds the plan that was shown. */
export async function makePartnerPlan(tx: ActorTx, actor: Actor, submission: PartnerSubmission): Promise<PartnerPlan> {
  const scope = await requirePartnerScope(tx, actor, { ...submission, permission });
  const mapTo = await requireMapTarget(tx, actor, scope, submission.mapTo);
  const { connection, partners } = scope;
  const evidence = await keptPartnerEvidence(tx, scope, submission);
  const parent = parentOf(scope, submission, evidence);
  const draft = draftOf(scope, submission, parent);
  const intent = draft === null ? null : intentOf(scope, draft, { parent, mapTo });
  const openAttempt = intent === null ? null : await openAttemptOf(tx, scope, intent);
  // First what is under way, then what has been added since the vendor was read: what closes in between is found here.
  const added = intent === null ? [] : await addedSince(tx, scope, { intent, submission, evidence });
  const findings = findingsOf(scope, submission, { draft, parent: evidence?.parent ?? null });
  const { ours, others } = likeOf([...(evidence?.found ?? []), ...added], submission.correlationId);
  const decided = decidePartner({
    unusable: connection.unusable,
    parentGone: scope.rules.tree && evidence?.parentRead === true && evidence.parent === null,
    invalid: findings.some((finding) => finding.level === 'error'),
    partnerMapped: mapTo?.mapped ?? false,
    openAttempt: openAttempt !== null,
    wasRead: evidence !== null && evidence.found !== null,
    ours: ours.length === 1,
    named: others.length > 0 || ours.length > 1,
    elsewhere: evidence?.elsewhere ?? false,
    anyway: submission.anyway,
  });
  const planned = decided.verdict === 'create' && draft !== null ? partners.toAddPartner(draft) : null;
  const base = {
    correlationId: submission.correlationId,
    connectionName: connection.name,
    vendor: connection.vendor,
    sandbox: connection.sandbox,
    ownerName: connection.ownerName,
    name: intent?.name ?? '',
    parent,
    mapTo: mapTo === null ? null : { partnerId: mapTo.partnerId, name: mapTo.name },
    ...decided,
    found: [...(evidence?.found ?? []), ...added],
    readAt: evidence !== null && evidence.found !== null ? evidence.readAt : null,
    problem: evidence?.problem ?? null,
    openAttempt,
    findings,
    request: planned === null ? null : { ...planned, body: partners.mask(planned.body) },
  };
  const { verdict, reason, request } = base;
  const { version, mappingId } = connection;
  const planHash = canonicalHash({ submission, version, mappingId, verdict, reason, parent, mapTo, request });
  return { scope, intent, view: { ...base, planHash } };
}

/** The parent as the vendor showed it; where nobody could look, as the form names it: the vendor then judges it alone. */
function parentOf(
  { rules }: PartnerScope,
  { parentId }: PartnerSubmission,
  evidence: PartnerEvidence | null,
): PartnerParent | null {
  if (!rules.tree) return null;
  if (evidence?.parentRead === true) return evidence.parent;
  return parentId === null ? null : { vendorId: parentId, name: parentId, level: '', state: null, gives: null };
}

function intentOf(
  { partners }: PartnerScope,
  { facts, input }: PartnerDraft,
  { parent, mapTo }: { readonly parent: PartnerParent | null; readonly mapTo: MapTarget | null },
): PartnerIntent {
  const above = parent === null ? null : { vendorId: parent.vendorId, name: parent.name, level: parent.level };
  return { name: partners.nameOf(facts, input), parent: above, section: input, mapTo: mapTo?.partnerId ?? null };
}

function findingsOf(
  scope: PartnerScope,
  { correlationId, facts }: PartnerSubmission,
  { draft, parent }: { readonly draft: PartnerDraft | null; readonly parent: PartnerParent | null },
): readonly LintFinding[] {
  if (draft === null) return [{ level: 'error', field: 'name', message: 'shape', params: {} }];
  return scope.rules.lint(facts, draft.input, { ...contextOf(scope, correlationId), parent });
}

/** Partners that attempts of ours have added under this name since the vendor was read: no reading can show them yet. */
async function addedSince(
  tx: ActorTx,
  { connection }: PartnerScope,
  about: {
    readonly intent: PartnerIntent;
    readonly submission: PartnerSubmission;
    readonly evidence: PartnerEvidence | null;
  },
): Promise<readonly FoundPartner[]> {
  const { intent, submission, evidence } = about;
  if (evidence === null) return [];
  const since = { gt: new Date(evidence.readAt) };
  const rows = await tx.attempt.findMany({
    where: {
      connectionId: connection.connectionId,
      operation: 'add-partner',
      subject: partnerSubject(intent),
      state: 'succeeded',
      correlationId: { not: submission.correlationId },
      OR: [{ closedAt: since }, { settledAt: since }],
    },
    select: { vendorId: true, correlationId: true, content: { select: { input: true } } },
  });
  const known = new Set(evidence.found?.map((one) => one.vendorId));
  return rows.flatMap(({ vendorId, correlationId: key, content }) => {
    if (vendorId === null || known.has(vendorId)) return [];
    const name = partnerIntentSchema.safeParse(content?.input).data?.name ?? intent.name;
    return [{ vendorId, name, key, match: 'name' as const }];
  });
}

async function openAttemptOf(
  tx: ActorTx,
  { connection }: PartnerScope,
  intent: PartnerIntent,
): Promise<PartnerPlanView['openAttempt']> {
  const row = await tx.attempt.findFirst({
    where: {
      connectionId: connection.connectionId,
      operation: 'add-partner',
      subject: partnerSubject(intent),
      // Asked besides the states: it is what the index of open attempts knows.
      undecided: true,
      OR: [{ state: { in: ['sent', 'unknown'] } }, { state: 'pending', deadline: { gt: new Date() } }],
    },
    select: { id: true, correlationId: true },
  });
  return row === null ? null : { attemptId: row.id, correlationId: row.correlationId };
}
