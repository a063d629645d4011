'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Badge } from '@/components/display/badge';
import { Button } from '@/components/display/button';
import { Link } from '@/components/display/link';
import { Moment } from '@/components/display/moment';
import { VerdictBadge } from '@/components/display/verdict-badge';
import type { PlanRow } from '@/lib/onboarding/plan-view';
import type { LintFinding, VendorKey, VendorProblem } from '@/lib/vendors/vendor';
import { useProblemWords, useVendorName } from '../vendor-words';
import classes from './plan.module.css';
import { PlanFindings } from './plan-findings';

/** What a plan of one thing says whatever the thing is. */
interface View {
  readonly connectionName: string;
  readonly vendor: VendorKey;
  readonly sandbox: boolean;
  readonly verdict: 'create' | 'blocked';
  readonly reason: string;
  readonly readAt: string | null;
  readonly problem: VendorProblem | null;
  readonly openAttempt: PlanRow['openAttempt'];
  readonly mayAddAnyway: boolean;
  readonly findings: readonly LintFinding[];
}

interface Props {
  view: View;
  /** Why it sends or does not, in paragraphs. */
  why: ReactNode;
  /** What the vendor has that may be the same. */
  evidence: ReactNode;
  /** What was typed beside what will be sent. */
  request: ReactNode;
  timeZone: string;
  disabled: boolean;
  /** Has a person said that it is to be sent all the same? */
  anyway: boolean;
  onDecide: (anyway: boolean) => void;
  /** The control of the form that a finding speaks of. */
  controlOf: (field: string) => string;
}

/** What a plan of one thing would do at the vendor: the verdict and why, what stands against it, and the exact request. */
export function SinglePlanRow({ view, why, evidence, request, timeZone, disabled, ...deciding }: Props) {
  const t = useTranslations('services.plan');
  const sandbox = useTranslations('onboarding.form');
  const problemWords = useProblemWords();
  const vendor = useVendorName()(view.vendor);
  const { anyway, onDecide, controlOf } = deciding;
  return (
    <div className={classes.rows} data-outdated={disabled || undefined}>
      <div className={classes.row}>
        <div className={classes.head}>
          <VerdictBadge verdict={view.verdict} />
          <h3>{view.connectionName}</h3>
          {view.sandbox && <Badge tone="amber">{sandbox('sandbox')}</Badge>}
          {view.readAt !== null && (
            <span className={classes.read}>
              {t('readAt', { vendor })} <Moment at={view.readAt} timeZone={timeZone} />
            </span>
          )}
        </div>
        {why}
        {view.problem !== null && <p className={classes.dimmed}>{problemWords(view.problem)}</p>}
        {view.openAttempt !== null && (
          <p>
            <Link href={`/onboardings/${view.openAttempt.correlationId}?attempt=${view.openAttempt.attemptId}`}>
              {t('openAttempt')}
            </Link>
          </p>
        )}
        {view.reason === 'invalid' && (
          <PlanFindings vendor={view.vendor} findings={view.findings} controlOf={controlOf} />
        )}
        {evidence}
        {view.mayAddAnyway && (
          <p className={classes.buttons}>
            <Button size="sm" disabled={disabled} onClick={() => onDecide(!anyway)}>
              {t(anyway ? 'notAnyway' : 'anyway')}
            </Button>
          </p>
        )}
        {request}
      </div>
    </div>
  );
}
