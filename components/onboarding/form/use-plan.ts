'use client';

import { useCallback, useRef, useState } from 'react';
import type { PlanView, SubmitAnswer } from '@/lib/onboarding/plan-view';
import type { Submission } from '@/lib/onboarding/submission';
import type { ActionFailure, ActionResult } from '@/lib/result';
import { type PlanChange, toPlanChanges } from '../plan/plan-changes';

/** Where the plan stands. `lost` is a submit of which our own server's answer never came. */
export type PlanState =
  | { readonly kind: 'none' }
  | { readonly kind: 'planning'; readonly before: Planned | null }
  | { readonly kind: 'failed'; readonly failure: ActionFailure; readonly before: Planned | null }
  | { readonly kind: 'planned'; readonly planned: Planned }
  | { readonly kind: 'submitting'; readonly planned: Planned }
  | { readonly kind: 'refused'; readonly planned: Planned; readonly failure: ActionFailure }
  | { readonly kind: 'lost'; readonly planned: Planned };

export interface Planned {
  readonly view: PlanView;
  /** Exactly what was planned: it and nothing else is submitted. */
  readonly submission: Submission;
  /** What has moved since the plan that was submitted. */
  readonly changes: readonly PlanChange[];
}

export interface PlanActions {
  readonly planOnboarding: (submission: Submission) => Promise<ActionResult<PlanView>>;
  readonly submitOnboarding: (input: {
    readonly planHash: string;
    readonly submission: Submission;
  }) => Promise<ActionResult<SubmitAnswer>>;
}

/** Plans and submits. One submit at a time, whatever is clicked; the same submission again is safe, as its id is the same. */
export function usePlan({ planOnboarding, submitOnboarding }: PlanActions, onOpened: (correlationId: string) => void) {
  const [state, setState] = useState<PlanState>({ kind: 'none' });
  const busy = useRef(false);

  const plan = useCallback(
    async (submission: Submission) => {
      if (busy.current) return;
      busy.current = true;
      setState((now) => ({ kind: 'planning', before: plannedOf(now) }));
      const result = await planOnboarding(submission).catch((): ActionFailure => ({ ok: false, code: 'unexpected' }));
      busy.current = false;
      setState((now) =>
        result.ok
          ? { kind: 'planned', planned: { view: result.value, submission, changes: [] } }
          : { kind: 'failed', failure: result, before: plannedOf(now) },
      );
    },
    [planOnboarding],
  );

  const submit = useCallback(
    async (planned: Planned) => {
      if (busy.current) return;
      busy.current = true;
      setState({ kind: 'submitting', planned });
      const { submission, view } = planned;
      const result = await submitOnboarding({ planHash: view.planHash, submission }).catch(() => null);
      busy.current = false;
      // A fault of our own server may have come after its commit: as good as no answer.
      if (result === null || (!result.ok && result.code === 'unexpected')) setState({ kind: 'lost', planned });
      else if (!result.ok) setState({ kind: 'refused', planned, failure: result });
      else if (result.value.kind === 'opened') onOpened(result.value.correlationId);
      else {
        const moved = result.value.plan;
        setState({ kind: 'planned', planned: { view: moved, submission, changes: toPlanChanges(view, moved) } });
      }
    },
    [submitOnboarding, onOpened],
  );

  return { state, plan, submit };
}

/** The plan that is on the page, whatever happens to it. */
export function plannedOf(state: PlanState): Planned | null {
  switch (state.kind) {
    case 'none':
      return null;
    case 'planning':
    case 'failed':
      return state.before;
    default:
      return state.planned;
  }
}
