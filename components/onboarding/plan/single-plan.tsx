'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef } from 'react';
import { Button } from '@/components/display/button';
import { ButtonLink } from '@/components/display/button-link';
import { Notice } from '@/components/display/notice';
import { BusyButton } from '@/components/form/busy-button';
import { FormError } from '@/components/form/form-error';
import type { VendorKey } from '@/lib/vendors/vendor';
import classes from './plan.module.css';
import type { Planned, SinglePlanState } from './use-single-plan';

/** What the frame needs to know of a plan. */
interface PlanOfOne {
  readonly correlationId: string;
  readonly verdict: 'create' | 'blocked';
  readonly vendor: VendorKey;
}

interface Props<View extends PlanOfOne, Submission> {
  state: SinglePlanState<View, Submission>;
  outdated: boolean;
  title: (view: View) => string;
  /** Names the act: "Add … at …". */
  act: (view: View) => string;
  onReview: () => void;
  onSubmit: (planned: Planned<View, Submission>) => void;
  children: (planned: Planned<View, Submission>, disabled: boolean) => ReactNode;
}

/** The plan of one thing: what would happen at the vendor, before anything is sent, and the one button that sends it. */
export function SinglePlan<View extends PlanOfOne, Submission>(props: Props<View, Submission>) {
  const { state, outdated, title, act, onReview, onSubmit, children } = props;
  const t = useTranslations('services.plan');
  const { planned, step } = state;
  const heading = useRef<HTMLHeadingElement>(null);
  // A new plan takes the keyboard's place, and the eye's.
  useEffect(() => {
    if (planned !== null) heading.current?.focus();
  }, [planned]);
  const failure =
    step === 'failed' && state.failure !== null ? (
      <FormError
        // A plan sends nothing: what the general sentence leaves open is certain here.
        result={state.failure.code === 'unexpected' ? { ...state.failure, message: t('failed') } : state.failure}
      />
    ) : null;
  if (planned === null) return failure;
  const busy = step === 'planning' || step === 'submitting';
  return (
    <section id="plan" aria-labelledby="plan-title" className={classes.plan} aria-busy={busy}>
      <h2 id="plan-title" tabIndex={-1} ref={heading}>
        {title(planned.view)}
      </h2>
      {planned.moved && (
        <Notice kind="warning" title={t('movedTitle')}>
          {t('movedText')}
        </Notice>
      )}
      {failure}
      {outdated && (
        <Notice kind="warning" title={t('outdatedTitle')}>
          <p>{t('outdatedText')}</p>
          <p className={classes.buttons}>
            <Button size="sm" onClick={onReview}>
              {t('planAgain')}
            </Button>
          </p>
        </Notice>
      )}
      {children(planned, busy || outdated)}
      <PlanFoot
        state={state}
        view={planned.view}
        outdated={outdated}
        act={act(planned.view)}
        onSubmit={() => onSubmit(planned)}
      />
    </section>
  );
}

interface FootProps {
  state: Pick<SinglePlanState<unknown, unknown>, 'step' | 'failure'>;
  view: PlanOfOne;
  outdated: boolean;
  act: string;
  onSubmit: () => void;
}

function PlanFoot({ state: { step, failure }, view, outdated, act, onSubmit }: FootProps) {
  const t = useTranslations('services.plan');
  const acts = view.verdict === 'create';
  return (
    <div className={classes.foot}>
      {step === 'refused' && <FormError result={failure} />}
      {step === 'lost' && (
        <Notice kind="warning" title={t('lostTitle')}>
          <p>{t('lostText')}</p>
          <p className={classes.buttons}>
            <ButtonLink size="sm" href={`/onboardings/${view.correlationId}`}>
              {t('openRecord')}
            </ButtonLink>
            <Button size="sm" onClick={onSubmit}>
              {t('submitAgain')}
            </Button>
          </p>
        </Notice>
      )}
      {/* After a lost answer nobody knows whether something was sent: the notice says what to do instead. */}
      {step !== 'lost' && (
        <div className={classes.act}>
          <p className={classes.nothing}>{acts ? t('nothingSent') : t('nothingToDo')}</p>
          {acts && !outdated && (
            <BusyButton
              look="primary"
              busy={step === 'planning' || step === 'submitting'}
              working={t('submitting')}
              onClick={onSubmit}
            >
              {act}
            </BusyButton>
          )}
        </div>
      )}
    </div>
  );
}
