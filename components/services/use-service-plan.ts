'use client';

import { useCallback, useRef, useState } from 'react';
import type { ActionFailure, ActionResult } from '@/lib/result';
import type { ServicePlanView, ServiceSubmitAnswer } from '@/lib/services/service-plan-view';
import type { ServiceSubmission } from '@/lib/services/service-submission';

export interface ServiceActions {
  readonly planService: (submission: ServiceSubmission) => Promise<ActionResult<ServicePlanView>>;
  readonly submitService: (input: {
    readonly planHash: string;
    readonly submission: ServiceSubmission;
  }) => Promise<ActionResult<ServiceSubmitAnswer>>;
}

export interface PlannedService {
  readonly view: ServicePlanView;
  /** Exactly what was planned: it and nothing else is submitted. */
  readonly submission: ServiceSubmission;
  /** The plan that was submitted had moved: this is it as it is now. */
  readonly moved: boolean;
}

/** Where the plan stands. `lost` is a submit of which our own server's answer never came. */
export interface ServicePlanState {
  readonly step: 'none' | 'planning' | 'planned' | 'failed' | 'submitting' | 'refused' | 'lost';
  /** The plan that is on the page, whatever happens to it. */
  readonly planned: PlannedService | null;
  readonly failure: ActionFailure | null;
}

/** Plans and submits. One submit at a time, whatever is clicked; the same submission again is safe, as its id is the same. */
export function useServicePlan(
  { planService, submitService }: ServiceActions,
  onOpened: (correlationId: string) => void,
) {
  const [state, setState] = useState<ServicePlanState>({ step: 'none', planned: null, failure: null });
  const busy = useRef(false);

  const plan = useCallback(
    async (submission: ServiceSubmission) => {
      if (busy.current) return;
      busy.current = true;
      setState((now) => ({ ...now, step: 'planning', failure: null }));
      const result = await planService(submission).catch((): ActionFailure => ({ ok: false, code: 'unexpected' }));
      busy.current = false;
      setState((now) =>
        result.ok
          ? { step: 'planned', planned: { view: result.value, submission, moved: false }, failure: null }
          : { ...now, step: 'failed', failure: result },
      );
    },
    [planService],
  );

  const submit = useCallback(
    async (planned: PlannedService) => {
      if (busy.current) return;
      busy.current = true;
      setState({ step: 'submitting', planned, failure: null });
      const { submission, view } = planned;
      const result = await submitService({ planHash: view.planHash, submission }).catch(() => null);
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
    [submitService, onOpened],
  );

  return { state, plan, submit };
}
