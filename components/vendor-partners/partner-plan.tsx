'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/display/badge';
import { Button } from '@/components/display/button';
import { CopyableId } from '@/components/display/copyable-id';
import { JsonView } from '@/components/display/json-view';
import { Moment } from '@/components/display/moment';
import { VerdictBadge } from '@/components/display/verdict-badge';
import { focusField } from '@/components/onboarding/form/focus-field';
import { controlName } from '@/components/onboarding/form/lint-all';
import { useChoiceWords } from '@/components/onboarding/plan/choice-words';
import classes from '@/components/onboarding/plan/plan.module.css';
import { SinglePlan } from '@/components/onboarding/plan/single-plan';
import { TypedList } from '@/components/onboarding/plan/typed-list';
import { toTyped } from '@/components/onboarding/plan/typed-values';
import type { Planned, SinglePlanState } from '@/components/onboarding/plan/use-single-plan';
import { useFieldWords, useFindingWords, useProblemWords, useVendorName } from '@/components/onboarding/vendor-words';
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
  const sandbox = useTranslations('onboarding.form');
  const problemWords = useProblemWords();
  const vendor = useVendorName()(view.vendor);
  const sends = view.verdict === 'create';
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
        {sends && view.parent !== null && <p>{t('plan.below', { parent: view.parent.name })}</p>}
        {sends && view.mapTo !== null && <p>{t('plan.map', { ours: view.mapTo.name })}</p>}
        {view.problem !== null && <p className={classes.dimmed}>{problemWords(view.problem)}</p>}
        {view.openAttempt !== null && (
          <p>
            <Link href={`/onboardings/${view.openAttempt.correlationId}?attempt=${view.openAttempt.attemptId}`}>
              {t('plan.openAttempt')}
            </Link>
          </p>
        )}
        {view.reason === 'invalid' && <PlanFindings view={view} connectionId={submission.connectionId} />}
        {view.found.length > 0 && <Found view={view} vendor={vendor} />}
        {view.mayAddAnyway && (
          <p className={classes.buttons}>
            <Button size="sm" disabled={disabled} onClick={() => onDecide(!submission.anyway)}>
              {t(submission.anyway ? 'plan.notAnyway' : 'plan.anyway')}
            </Button>
          </p>
        )}
        {view.request !== null && <PlanRequest view={view} request={view.request} submission={submission} />}
      </div>
    </div>
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

function PlanFindings({ view, connectionId }: { view: PartnerPlanView; connectionId: string }) {
  const words = useFindingWords();
  const fieldWords = useFieldWords();
  return (
    <ul className={classes.list}>
      {view.findings
        .filter((finding) => finding.level === 'error')
        .map((finding) => (
          <li key={`${finding.field} ${finding.message}`}>
            <button
              type="button"
              className={classes.link}
              onClick={() => focusField(controlName(finding.field, connectionId))}
            >
              {fieldWords(view.vendor, finding.field) ?? finding.field}
            </button>{' '}
            {words(finding)}
          </li>
        ))}
    </ul>
  );
}

interface RequestProps {
  view: PartnerPlanView;
  request: NonNullable<PartnerPlanView['request']>;
  submission: PartnerSubmission;
}

/** Left what a person typed, right what the vendor will get. */
function PlanRequest({ view, request, submission: { connectionId, facts, input } }: RequestProps) {
  const t = useTranslations('vendor-partners.plan');
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
    <div className={classes.sides}>
      <section aria-label={t('typed')}>
        <h4>{t('typed')}</h4>
        <TypedList
          typed={typed}
          labelOf={(path) => fieldWords(view.vendor, path) ?? path}
          nameOf={(path, value) => choiceWords({ vendor: view.vendor, connectionId, input }, path, value)}
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
