'use client';

import { useTranslations } from 'next-intl';
import { CopyableId } from '@/components/display/copyable-id';
import { controlName } from '@/components/onboarding/form/lint-all';
import { useChoiceWords } from '@/components/onboarding/plan/choice-words';
import classes from '@/components/onboarding/plan/plan.module.css';
import { PlanSides } from '@/components/onboarding/plan/plan-sides';
import { SinglePlan } from '@/components/onboarding/plan/single-plan';
import { SinglePlanRow } from '@/components/onboarding/plan/single-plan-row';
import { TypedList } from '@/components/onboarding/plan/typed-list';
import { toTyped } from '@/components/onboarding/plan/typed-values';
import type { Planned, SinglePlanState } from '@/components/onboarding/plan/use-single-plan';
import { useFieldWords, useVendorName } from '@/components/onboarding/vendor-words';
import { emptyCustomerFacts } from '@/lib/customers/customer-facts';
import type { PartnerPlanView } from '@/lib/vendor-partners/partner-plan-view';
import type { PartnerSubmission } from '@/lib/vendor-partners/partner-submission';
import { catalogEntry } from '@/lib/vendors/catalog';

type PlannedPartner = Planned<PartnerPlanView, PartnerSubmission>;

interface Props {
  state: SinglePlanState<PartnerPlanView, PartnerSubmission>;
  outdated: boolean;
  timeZone: string;
  onReview: () => void;
  onDecide: (anyway: boolean) => void;
  onSubmit: (planned: PlannedPartner) => void;
}

/** What would happen at the vendor, before anything is sent, and the one button that sends it. */
export function PartnerPlan({ timeZone, onDecide, ...rest }: Props) {
  const t = useTranslations('vendor-partners.plan');
  const vendorName = useVendorName();
  return (
    <SinglePlan
      {...rest}
      title={({ name }) => t('title', { name })}
      act={({ name, parent, vendor }) =>
        parent === null
          ? t('submit', { name, vendor: vendorName(vendor) })
          : t('submitBelow', { name, parent: parent.name, vendor: vendorName(vendor) })
      }
    >
      {(planned, disabled) => (
        <PlanBody planned={planned} timeZone={timeZone} disabled={disabled} onDecide={onDecide} />
      )}
    </SinglePlan>
  );
}

interface BodyProps {
  planned: PlannedPartner;
  timeZone: string;
  disabled: boolean;
  onDecide: (anyway: boolean) => void;
}

function PlanBody({ planned: { view, submission }, timeZone, disabled, onDecide }: BodyProps) {
  const t = useTranslations('vendor-partners');
  const vendor = useVendorName()(view.vendor);
  const sends = view.verdict === 'create';
  return (
    <SinglePlanRow
      view={view}
      why={
        <>
          <p>{t(`why.${view.reason}`, { vendor, owner: view.ownerName })}</p>
          {sends && view.parent !== null && <p>{t('plan.below', { parent: view.parent.name })}</p>}
          {sends && view.mapTo !== null && <p>{t('plan.map', { ours: view.mapTo.name })}</p>}
        </>
      }
      evidence={view.found.length > 0 && <Found view={view} vendor={vendor} />}
      request={view.request !== null && <PlanRequest view={view} request={view.request} submission={submission} />}
      timeZone={timeZone}
      disabled={disabled}
      anyway={submission.anyway}
      onDecide={onDecide}
      controlOf={(field) => controlName(field, submission.connectionId)}
    />
  );
}

function Found({ view, vendor }: { view: PartnerPlanView; vendor: string }) {
  const t = useTranslations('vendor-partners');
  return (
    <div className={classes.evidence}>
      <h4>{t('plan.found', { vendor, count: view.found.length })}</h4>
      <ul>
        {view.found.map((one) => (
          <li key={one.vendorId} className={classes.found}>
            <div className={classes.foundWords}>
              <bdi className={classes.foundName}>{one.name}</bdi>
              <span className={classes.dimmed}>{t(`match.${one.match}`)}</span>
              <CopyableId id={one.vendorId} label={t('pane.id', { vendor })} />
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface RequestProps {
  view: PartnerPlanView;
  request: NonNullable<PartnerPlanView['request']>;
  submission: PartnerSubmission;
}

/** What was typed of a partner, beside what will be sent. */
function PlanRequest({ view, request, submission: { connectionId, facts, input } }: RequestProps) {
  const fieldWords = useFieldWords();
  const choiceWords = useChoiceWords();
  const typed = [
    ...toTyped(facts, emptyCustomerFacts).map(({ path, values }) => ({ path: `customer.${path}`, values })),
    // Its place nobody typed: the page says it.
    ...toTyped(input, catalogEntry(view.vendor)?.partners?.emptyInput ?? {}).filter(
      ({ path }) => !path.startsWith('parent'),
    ),
  ];
  return (
    <PlanSides connectionName={view.connectionName} request={request}>
      <TypedList
        typed={typed}
        labelOf={(path) => fieldWords(view.vendor, path) ?? path}
        nameOf={(path, value) => choiceWords({ vendor: view.vendor, connectionId, input }, path, value)}
      />
    </PlanSides>
  );
}
