'use client';

import { useTranslations } from 'next-intl';
import { Button } from '@/components/display/button';
import { CopyableId } from '@/components/display/copyable-id';
import { Link } from '@/components/display/link';
import type { PlanRow } from '@/lib/onboarding/plan-view';
import type { Decision } from '@/lib/onboarding/submission';
import { useVendorName } from '../vendor-words';
import classes from './plan.module.css';

interface Props {
  row: PlanRow;
  decision: Decision;
  disabled: boolean;
  onDecide: (decision: Decision) => void;
}

/** What looks like the same customer, at the vendor and among our own, and what a person may make of it. */
export function PlanEvidence({ row, decision, disabled, onDecide }: Props) {
  const t = useTranslations('onboarding.plan');
  const vendor = useVendorName()(row.vendor);
  const { found, ours, mayAdopt, mayCreateAnyway } = row;
  if (found.length === 0 && ours.length === 0 && !mayCreateAnyway && decision === null) return null;
  return (
    <div className={classes.evidence}>
      {found.length > 0 && (
        <>
          <h4>{t('foundAt', { vendor, count: found.length })}</h4>
          <ul>
            {found.map((one) => (
              <li key={one.vendorId} className={classes.found}>
                <div className={classes.foundWords}>
                  <span className={classes.foundName}>{one.name}</span>
                  <span className={classes.dimmed}>
                    {[one.country, one.email].filter((part) => part !== null && part !== '').join(' · ')}
                    {' · '}
                    {t(`match.${one.match}`)}
                  </span>
                  <CopyableId id={one.vendorId} label={t('vendorId', { vendor })} />
                </div>
                {decision?.kind === 'adopt' && decision.vendorId === one.vendorId ? (
                  <span className={classes.dimmed}>{t('chosen')}</span>
                ) : (
                  mayAdopt && (
                    <Button
                      size="sm"
                      disabled={disabled}
                      aria-label={t('adoptNamed', { name: one.name, id: one.vendorId })}
                      onClick={() => onDecide({ kind: 'adopt', vendorId: one.vendorId })}
                    >
                      {t('adopt')}
                    </Button>
                  )
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {ours.length > 0 && (
        <>
          <h4>{t('ours', { count: ours.length })}</h4>
          <ul className={classes.list}>
            {ours.map((one) => (
              <li key={one.customerId}>
                <Link href={`/customers/${one.customerId}`} className={classes.inText}>
                  {one.name}
                </Link>{' '}
                <span className={classes.dimmed}>{one.partnerName}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <div className={classes.buttons}>
        {mayCreateAnyway && decision?.kind !== 'create-anyway' && (
          <Button size="sm" disabled={disabled} onClick={() => onDecide({ kind: 'create-anyway' })}>
            {t('createAnyway')}
          </Button>
        )}
        {decision !== null && (
          <Button size="sm" look="subtle" disabled={disabled} onClick={() => onDecide(null)}>
            {t(decision.kind === 'adopt' ? 'undoAdopt' : 'undoCreate')}
          </Button>
        )}
        {found.length > 0 && !mayAdopt && decision === null && row.verdict === 'blocked' && (
          <span className={classes.dimmed}>{t('adoptNeedsAdmin')}</span>
        )}
      </div>
    </div>
  );
}
