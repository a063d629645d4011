import { useTranslations } from 'next-intl';
import { Link } from '@/components/display/link';
import { Notice } from '@/components/display/notice';
import type { AttemptView } from '@/lib/onboarding/record-view';
import { useVendorName } from '../vendor-words';
import classes from './record.module.css';

/** Where an added partner goes at the vendor, and what became of the mapping that was chosen with it. */
export function PartnerMapping({ attempt: { partner, connectionId, vendor } }: { attempt: AttemptView }) {
  const t = useTranslations('onboarding.record.partner');
  const vendorName = useVendorName()(vendor);
  if (partner === null) return null;
  const { parent, mapTo } = partner;
  return (
    <>
      {parent !== null && <p>{t('below', { parent: parent.name, vendor: vendorName })}</p>}
      {mapTo?.standing === 'lost' && (
        <Notice kind="warning" title={t('lost', { ours: mapTo.name })}>
          <p>{t('lostText', { ours: mapTo.name })}</p>
          <p>
            <Link href={`/connections/${connectionId}`} className={classes.inText}>
              {t('openMappings')}
            </Link>
          </p>
        </Notice>
      )}
      {mapTo !== null && mapTo.standing !== 'lost' && <p>{t(mapTo.standing, { ours: mapTo.name })}</p>}
    </>
  );
}
