'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/display/badge';
import { Button } from '@/components/display/button';
import { Moment } from '@/components/display/moment';
import { VerdictBadge } from '@/components/display/verdict-badge';
import { focusField } from '@/components/onboarding/form/focus-field';
import classes from '@/components/onboarding/plan/plan.module.css';
import { SinglePlan } from '@/components/onboarding/plan/single-plan';
import type { Planned, SinglePlanState } from '@/components/onboarding/plan/use-single-plan';
import { useFieldWords, useFindingWords, useProblemWords, useVendorName } from '@/components/onboarding/vendor-words';
import type { ServicePlanView } from '@/lib/services/service-plan-view';
import type { ServiceSubmission } from '@/lib/services/service-submission';
import { ServiceFacts } from './service-facts';
import { ServiceRequest } from './service-request';

/** A plan that is on the page, with exactly what was planned. */
export type PlannedService = Planned<ServicePlanView, ServiceSubmission>;

interface Props {
  state: SinglePlanState<ServicePlanView, ServiceSubmission>;
  outdated: boolean;
  timeZone: string;
  onReview: () => void;
  onDecide: (anyway: boolean) => void;
  onSubmit: (planned: PlannedService) => void;
}

/** What would happen at the vendor, before anything is sent, and the one button that sends it. */
export function ServicePlan({ timeZone, onDecide, ...rest }: Props) {
  const t = useTranslations('services.plan');
  const vendorName = useVendorName();
  return (
    <SinglePlan
      {...rest}
      title={({ customerName }) => t('title', { customer: customerName })}
      act={({ product, customerName, vendor }) =>
        t('submit', { product: product ?? '', customer: customerName, vendor: vendorName(vendor) })
      }
    >
      {(planned, disabled) => (
        <PlanBody planned={planned} timeZone={timeZone} disabled={disabled} onDecide={onDecide} />
      )}
    </SinglePlan>
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
        {view.request !== null && <ServiceRequest about={view} request={view.request} input={submission.input} />}
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
