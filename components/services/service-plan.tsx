'use client';

import { useTranslations } from 'next-intl';
import classes from '@/components/onboarding/plan/plan.module.css';
import { SinglePlan } from '@/components/onboarding/plan/single-plan';
import { SinglePlanRow } from '@/components/onboarding/plan/single-plan-row';
import type { Planned, SinglePlanState } from '@/components/onboarding/plan/use-single-plan';
import { useVendorName } from '@/components/onboarding/vendor-words';
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
  const vendor = useVendorName()(view.vendor);
  return (
    <SinglePlanRow
      view={view}
      why={<p>{t(`why.${view.reason}`, { vendor, owner: view.ownerName })}</p>}
      evidence={view.known.length > 0 && <Known view={view} />}
      request={view.request !== null && <ServiceRequest about={view} request={view.request} input={submission.input} />}
      timeZone={timeZone}
      disabled={disabled}
      anyway={submission.anyway}
      onDecide={onDecide}
      controlOf={(field) => field}
    />
  );
}

function Known({ view: { known } }: { view: PlannedService['view'] }) {
  const t = useTranslations('services.plan');
  return (
    <div className={classes.evidence}>
      <h4>{t('known', { count: known.length })}</h4>
      <ul>
        {known.map((one) => (
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
  );
}
