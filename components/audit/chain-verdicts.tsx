import { useTranslations } from 'next-intl';
import { Notice } from '@/components/display/notice';
import type { ChainVerdict } from '@/lib/audit/verify-chain';
import classes from './audit.module.css';

/** What recomputing the chains has shown. */
export function ChainVerdicts({ verdicts }: { verdicts: readonly ChainVerdict[] }) {
  const t = useTranslations('audit.verify');
  const bad = verdicts.flatMap(({ partnerId, partnerName, fault }) =>
    fault === null ? [] : [{ partnerId, partnerName, fault }],
  );
  const entries = verdicts.reduce((total, verdict) => total + verdict.entries, 0);
  return (
    <div className={classes.verdict}>
      {bad.length === 0 ? (
        <Notice kind="success" title={t('title')}>
          {t('text', { entries, chains: verdicts.length })}
        </Notice>
      ) : (
        <Notice kind="error" title={t('badTitle')}>
          <ul>
            {bad.map(({ partnerId, partnerName, fault }) => (
              <li key={partnerId}>{t('bad', { partner: partnerName, seq: fault.seq, why: t(`why.${fault.kind}`) })}</li>
            ))}
          </ul>
          {t('badText')}
        </Notice>
      )}
    </div>
  );
}
