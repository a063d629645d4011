'use client';

import { useTranslations } from 'next-intl';
import { Badge } from '@/components/display/badge';
import { CopyableId } from '@/components/display/copyable-id';
import { Link } from '@/components/display/link';
import { Moment } from '@/components/display/moment';
import { VerdictBadge } from '@/components/display/verdict-badge';
import type { PlanRow } from '@/lib/onboarding/plan-view';
import type { Decision } from '@/lib/onboarding/submission';
import { controlName } from '../form/lint-all';
import type { Planned } from '../form/use-plan';
import { useProblemWords, useVendorName } from '../vendor-words';
import classes from './plan.module.css';
import { PlanEvidence } from './plan-evidence';
import { PlanFindings } from './plan-findings';
import { PlanPayload } from './plan-payload';
import { PlanServices } from './plan-services';

interface Props {
  row: PlanRow;
  planned: Planned;
  timeZone: string;
  disabled: boolean;
  onDecide: (decision: Decision) => void;
}

/** What would happen at one connection, why, what was found there, and what exactly would be sent. */
export function PlanRowView({ row, planned, timeZone, disabled, onDecide }: Props) {
  const t = useTranslations('onboarding');
  const problemWords = useProblemWords();
  const vendor = useVendorName()(row.vendor);
  const decision = planned.submission.vendors.find((one) => one.connectionId === row.connectionId)?.decision ?? null;
  const allTheSame = row.reason === 'new-at-vendor' && decision?.kind === 'create-anyway';
  return (
    <li className={classes.row}>
      <div className={classes.head}>
        <VerdictBadge verdict={row.verdict} />
        <h3>{row.connectionName}</h3>
        {row.sandbox && <Badge tone="amber">{t('form.sandbox')}</Badge>}
        {row.readAt !== null && (
          <span className={classes.read}>
            {t('plan.readAt', { vendor })} <Moment at={row.readAt} timeZone={timeZone} />
          </span>
        )}
      </div>
      <p>
        {t(allTheSame ? 'why.create-anyway' : `why.${row.reason}`, { vendor, owner: row.ownerName })}{' '}
        {row.vendorId !== null && <CopyableId id={row.vendorId} label={t('plan.vendorId', { vendor })} />}
      </p>
      {row.problem !== null && <p className={classes.dimmed}>{problemWords(row.problem)}</p>}
      {row.openAttempt !== null && (
        <p>
          <Link href={`/onboardings/${row.openAttempt.correlationId}?attempt=${row.openAttempt.attemptId}`}>
            {t('plan.openAttempt')}
          </Link>
        </p>
      )}
      {row.reason === 'invalid' && (
        <PlanFindings
          vendor={row.vendor}
          findings={row.findings}
          controlOf={(field) => controlName(field, row.connectionId)}
        />
      )}
      <PlanEvidence row={row} decision={decision} disabled={disabled} onDecide={onDecide} />
      {row.request !== null && <PlanPayload row={row} request={row.request} submission={planned.submission} />}
      <PlanServices row={row} submission={planned.submission} />
    </li>
  );
}
