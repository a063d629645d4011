'use client';

import { useCallback, useRef, useState } from 'react';
import type { ActionFailure, ActionResult } from '@/lib/result';

/** Plans one thing and submits it. Give functions that stay the same: server actions do. */
export interface SinglePlanActions<View, Submission> {
  readonly plan: (submission: Submission) => Promise<ActionResult<View>>;
  readonly submit: (input: {
    readonly planHash: string;
    readonly submission: Submission;
  }) => Promise<
    ActionResult<
      { readonly kind: 'opened'; readonly correlationId: string } | { readonly kind: 'plan-moved'; readonly plan: View }
    >
  >;
}

export interface Planned<View, Submission> {
  readonly view: View;
  /** Exactly what was planned: it and nothing else is submitted. */
  readonly submission: Submission;
  /** The plan that was submitted had moved: this is it as it is now. */
  readonly moved: boolean;
}

/** Where the plan stands. `lost` is a submit of which our own server's answer never came. */
export interface SinglePlanState<View, Submission> {
  readonly step: 'none' | 'planning' | 'planned' | 'failed' | 'submitting' | 'refused' | 'lost';
  /** The plan that is on the page, whatever happens to it. */
  readonly planned: Planned<View, Submission> | null;
  readonly failure: ActionFailure | null;
}

/** Plans and submits. One submit at a time, whatever is clicked; the same submission again is safe, as its id is the same. */
export function useSinglePlan<View extends { readonly planHash: string }, Submission>(
  { plan: makePlan, submit: send }: SinglePlanActions<View, Submission>,
  onOpened: (correlationId: string) => void,
) {
  type State = SinglePlanState<View, Submission>;
  const [state, setState] = useState<State>({ step: 'none', planned: null, failure: null });
  const busy = useRef(false);

  const plan = useCallback(
    async (submission: Submission) => {
      if (busy.current) return;
      busy.current = true;
      setState((now) => ({ ...now, step: 'planning', failure: null }));
      const result = await makePlan(submission).catch((): ActionFailure => ({ ok: false, code: 'unexpected' }));
      busy.current = false;
      setState((now) =>
        result.ok
          ? { step: 'planned', planned: { view: result.value, submission, moved: false }, failure: null }
          : { ...now, step: 'failed', failure: result },
      );
    },
    [makePlan],
  );

  const submit = useCallback(
    async (planned: Planned<View, Submission>) => {
      if (busy.current) return;
      busy.current = true;
      setState({ step: 'submitting', planned, failure: null });
      const { submission, view } = planned;
      const result = await send({ planHash: view.planHash, submission }).catch(() => null);
      busy.current = false;
      // A fault of our own server may have come after its commit: as good as no answer.
      if (result === null || (!result.ok && result.code === 'unexpected')) {
        setState({ step: 'lost', planned, failure: null });
      } else if (!result.ok) setState({ step: 'refused', planned, failure: result });
      else if (result.value.kind === 'opened') onOpened(result.value.correlationId);
      else {
        const moved = { view: result.value.plan, submission, moved: true };
        setState({ step: 'planned', planned: moved, failure: null });
      }
    },
    [send, onOpened],
  );

  return { state, plan, submit };
}
