'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { Button } from '@/components/display/button';
import { ButtonLink } from '@/components/display/button-link';
import { Notice } from '@/components/display/notice';
import { BusyButton } from '@/components/form/busy-button';
import { FormError } from '@/components/form/form-error';
import { goTo } from '../form/step-links';
import type { NewCustomerState } from '../form/use-new-customer';
import type { Planned, PlanState } from '../form/use-plan';
import classes from './plan.module.css';
import { PlanChanges } from './plan-changes-notice';
import { PlanRowView } from './plan-row';

interface Props {
  state: NewCustomerState;
  timeZone: string;
  /** Plans again, after looking at what was typed. */
  onReview: () => void;
}

/** What would happen at each vendor, before anything is sent, and the one button that sends it. */
export function PlanStep({ state, timeZone, onReview }: Props) {
  const t = useTranslations('onboarding.plan');
  const { planState, planned, outdated } = state;
  useFocusOnPlan(planState.kind === 'planned' ? planned : null);
  if (planned === null) return planState.kind === 'failed' ? <PlanFailure state={planState} /> : null;
  const busy = planState.kind === 'planning' || planState.kind === 'submitting';
  return (
    <section id="plan" aria-labelledby="plan-title" className={classes.plan} aria-busy={busy}>
      <h2 id="plan-title" tabIndex={-1}>
        {t('title', { customer: planned.view.customerName })}
      </h2>
      {planned.changes.length > 0 && <PlanChanges changes={planned.changes} />}
      {planState.kind === 'failed' && <PlanFailure state={planState} />}
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
      <ul className={classes.rows} data-outdated={outdated || undefined}>
        {planned.view.rows.map((row) => (
          <PlanRowView
            key={row.connectionId}
            row={row}
            planned={planned}
            timeZone={timeZone}
            disabled={busy || outdated}
            onDecide={(decision) => void state.decide(row.connectionId, decision)}
          />
        ))}
      </ul>
      <PlanFoot state={state} planned={planned} busy={busy} />
    </section>
  );
}

/** A new plan takes the keyboard's place, and the eye's. */
function useFocusOnPlan(planned: Planned | null): void {
  const shown = useRef<Planned | null>(null);
  useEffect(() => {
    if (planned === null || planned === shown.current) return;
    shown.current = planned;
    goTo('plan');
  }, [planned]);
}

function PlanFailure({ state }: { state: Extract<PlanState, { kind: 'failed' }> }) {
  const t = useTranslations('onboarding.plan');
  const { failure } = state;
  const sentences = Object.values(failure.fields ?? {}).flat();
  // A plan sends nothing: what the general sentence leaves open is certain here.
  const shown = failure.code === 'unexpected' ? { ...failure, message: t('failed') } : failure;
  return (
    <>
      <FormError result={shown} />
      {sentences.length > 0 && (
        <ul className={classes.list}>
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function PlanFoot({ state, planned, busy }: { state: NewCustomerState; planned: Planned; busy: boolean }) {
  const t = useTranslations('onboarding.plan');
  const { planState, outdated } = state;
  const { acting, services, customerName, correlationId, rows } = planned.view;
  // Of customers that are aboard already only services are left to be added.
  const onlyServices = rows.every(({ verdict }) => verdict === 'skip' || verdict === 'blocked');
  return (
    <div className={classes.foot}>
      {planState.kind === 'refused' && <FormError result={planState.failure} />}
      {planState.kind === 'lost' && (
        <Notice kind="warning" title={t('lostTitle')}>
          <p>{t('lostText')}</p>
          <p className={classes.buttons}>
            <ButtonLink size="sm" href={`/onboardings/${correlationId}`}>
              {t('openRecord')}
            </ButtonLink>
            <Button size="sm" onClick={() => void state.submit()}>
              {t('submitAgain')}
            </Button>
          </p>
        </Notice>
      )}
      {/* After a lost answer nobody knows whether something was sent: the notice says what to do instead. */}
      {planState.kind !== 'lost' && (
        <div className={classes.act}>
          <p className={classes.nothing}>{acting === 0 ? t('nothingToDo') : t('nothingSent')}</p>
          {acting > 0 && !outdated && (
            <BusyButton
              look="primary"
              busy={busy}
              working={planState.kind === 'submitting' ? t('submitting') : t('planning')}
              onClick={() => void state.submit()}
            >
              {onlyServices
                ? t('submitServices', { customer: customerName, services })
                : t('submit', { customer: customerName, count: acting, services })}
            </BusyButton>
          )}
        </div>
      )}
    </div>
  );
}
