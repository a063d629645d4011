import type { PlanRow, PlanView } from '@/lib/onboarding/plan-view';

/** What is different between the plan that was submitted and the one that holds now. Pure. */
export interface PlanChange {
  readonly connectionName: string;
  readonly what: 'verdict' | 'reason' | 'request' | 'gone' | 'found';
  readonly before: PlanRow;
  readonly after: PlanRow | null;
}

export function toPlanChanges(before: PlanView, after: PlanView): readonly PlanChange[] {
  return before.rows.flatMap((row) => {
    const next = after.rows.find((one) => one.connectionId === row.connectionId) ?? null;
    const what = whatMoved(row, next);
    return what === null ? [] : [{ connectionName: row.connectionName, what, before: row, after: next }];
  });
}

function whatMoved(before: PlanRow, after: PlanRow | null): PlanChange['what'] | null {
  if (after === null) return 'gone';
  if (before.verdict !== after.verdict) return 'verdict';
  if (before.reason !== after.reason) return 'reason';
  if (before.vendorId !== after.vendorId || before.found.length !== after.found.length) return 'found';
  const sent = ({ request, services }: PlanRow) => JSON.stringify([request, services]);
  return sent(before) === sent(after) ? null : 'request';
}
