'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { Badge } from '@/components/display/badge';
import { Button } from '@/components/display/button';
import { ButtonLink } from '@/components/display/button-link';
import { JsonView } from '@/components/display/json-view';
import { Moment } from '@/components/display/moment';
import { Notice } from '@/components/display/notice';
import { VerdictBadge } from '@/components/display/verdict-badge';
import { BusyButton } from '@/components/form/busy-button';
import { FormError } from '@/components/form/form-error';
import { focusField } from '@/components/onboarding/form/focus-field';
import classes from '@/components/onboarding/plan/plan.module.css';
import { TypedList } from '@/components/onboarding/plan/typed-list';
import { toTyped } from '@/components/onboarding/plan/typed-values';
import { useFieldWords, useFindingWords, useProblemWords, useVendorName } from '@/components/onboarding/vendor-words';
import { catalogEntry } from '@/lib/vendors/catalog';
import { ServiceFacts } from './service-facts';
import type { PlannedService, ServicePlanState } from './use-service-plan';

interface Props {
  state: ServicePlanState;
  outdated: boolean;
  timeZone: string;
  onReview: () => void;
  onDecide: (anyway: boolean) => void;
  onSubmit: (planned: PlannedService) => void;
}

/** What would happen at the vendor, before anything is sent, and the one button that sends it. */
export function ServicePlan({ state, outdated, timeZone, onReview, onDecide, onSubmit }: Props) {
  const t = useTranslations('services.plan');
  const { planned, step } = state;
  const title = useRef<HTMLHeadingElement>(null);
  // A new plan takes the keyboard's place, and the eye's.
  useEffect(() => {
    if (planned !== null) title.current?.focus();
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
      <h2 id="plan-title" tabIndex={-1} ref={title}>
        {t('title', { customer: planned.view.customerName })}
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
      <PlanBody planned={planned} timeZone={timeZone} disabled={busy || outdated} onDecide={onDecide} />
      <PlanFoot state={state} planned={planned} outdated={outdated} onSubmit={() => onSubmit(planned)} />
    </section>
  );
}

interface BodyProps {
  planned: PlannedService;
  timeZone: string;
  disabled: boolean;
  onDecide: (anyway: boolean) => void;
}

function PlanBody({ planned: { view, submission }, timeZone, disabled, onDecide }: BodyProps) {
  const t = useTranslations('services');
  const sandbox = useTranslations('onboarding.form');
  const problemWords = useProblemWords();
  const vendor = useVendorName()(view.vendor);
  return (
    <div className={classes.rows} data-outdated={disabled || undefined}>
      <div className={classes.row}>
        <div className={classes.head}>
          <VerdictBadge verdict={view.verdict} />
          <h3>{view.connectionName}</h3>
          {view.sandbox && <Badge tone="amber">{sandbox('sandbox')}</Badge>}
          {view.readAt !== null && (
            <span className={classes.read}>
              {t('plan.readAt', { vendor })} <Moment at={view.readAt} timeZone={timeZone} />
            </span>
          )}
        </div>
        <p>{t(`why.${view.reason}`, { vendor, owner: view.ownerName })}</p>
        {view.problem !== null && <p className={classes.dimmed}>{problemWords(view.problem)}</p>}
        {view.openAttempt !== null && (
          <p>
            <Link href={`/onboardings/${view.openAttempt.correlationId}?attempt=${view.openAttempt.attemptId}`}>
              {t('plan.openAttempt')}
            </Link>
          </p>
        )}
        {view.reason === 'invalid' && <PlanFindings view={view} />}
        {view.known.length > 0 && (
          <div className={classes.evidence}>
            <h4>{t('plan.known', { count: view.known.length })}</h4>
            <ul>
              {view.known.map((one) => (
                <li key={one.id} className={classes.found}>
                  <div className={classes.foundWords}>
                    <span className={classes.foundName}>{one.name}</span>
                    <span className={classes.dimmed}>
                      <ServiceFacts facts={one.facts} />
                    </span>
                  </div>
                </li>
              ))}
            </ul>
          </div>
        )}
        {view.mayAddAnyway && (
          <p className={classes.buttons}>
            <Button size="sm" disabled={disabled} onClick={() => onDecide(!submission.anyway)}>
              {t(submission.anyway ? 'plan.notAnyway' : 'plan.anyway')}
            </Button>
          </p>
        )}
        {view.request !== null && <PlanRequest view={view} request={view.request} input={submission.input} />}
      </div>
    </div>
  );
}

function PlanFindings({ view }: { view: PlannedService['view'] }) {
  const words = useFindingWords();
  const fieldWords = useFieldWords();
  return (
    <ul className={classes.list}>
      {view.findings
        .filter((finding) => finding.level === 'error')
        .map((finding) => (
          <li key={`${finding.field} ${finding.message}`}>
            <button type="button" className={classes.link} onClick={() => focusField(finding.field)}>
              {fieldWords(view.vendor, finding.field) ?? finding.field}
            </button>{' '}
            {words(finding)}
          </li>
        ))}
    </ul>
  );
}

interface RequestProps {
  view: PlannedService['view'];
  request: NonNullable<PlannedService['view']['request']>;
  input: PlannedService['submission']['input'];
}

/** Left what a person typed, right what the vendor will get. */
function PlanRequest({ view, request, input }: RequestProps) {
  const t = useTranslations('services.plan');
  const fieldWords = useFieldWords();
  const choiceWords = useChoiceWords();
  const typed = toTyped(input, catalogEntry(view.vendor)?.services?.emptyInput ?? {});
  return (
    <div className={classes.sides}>
      <section aria-label={t('typed')}>
        <h4>{t('typed')}</h4>
        <TypedList
          typed={typed}
          labelOf={(path) => fieldWords(view.vendor, `service.${path}`) ?? path}
          nameOf={(path, value) => (path === 'product' ? view.product : choiceWords(view.vendor, path, value))}
        />
      </section>
      <section aria-label={t('sent')}>
        <h4>{t('sent')}</h4>
        <p className={`mono ${classes.request}`}>
          {request.method} {request.path}
        </p>
        <JsonView value={request.body} label={t('body', { connection: view.connectionName })} maxHeight={520} />
      </section>
    </div>
  );
}

interface LooseTranslator {
  has(key: string): boolean;
  markup(key: string): string;
}

/** A choice in the words of the form; null where it is no choice. */
function useChoiceWords(): (vendor: string, field: string, value: string) => string | null {
  const all: LooseTranslator = useTranslations();
  return (vendor, field, value) => {
    const key = `${vendor}.service.${field}.${value}`;
    return all.has(key) ? all.markup(key) : null;
  };
}

interface FootProps {
  state: ServicePlanState;
  planned: PlannedService;
  outdated: boolean;
  onSubmit: () => void;
}

function PlanFoot({ state, planned: { view }, outdated, onSubmit }: FootProps) {
  const t = useTranslations('services.plan');
  const vendor = useVendorName()(view.vendor);
  const { step, failure } = state;
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
              {t('submit', { product: view.product ?? '', customer: view.customerName, vendor })}
            </BusyButton>
          )}
        </div>
      )}
    </div>
  );
}
