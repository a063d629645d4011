'use client';

import { useTranslations } from 'next-intl';
import type { VendorPartnerRow } from '@/lib/vendor-partners/partner-view';
import type { VendorKey } from '@/lib/vendors/vendor';
import { useLevelWords } from './level-words';
import classes from './vendor-partners.module.css';

interface Props {
  label: string;
  vendor: VendorKey;
  rows: readonly VendorPartnerRow[];
  chosenId: string | null;
  onChoose: (vendorId: string) => void;
}

/** Partners one below the other, each a button that shows it. */
export function PartnerLines({ label, vendor, rows, chosenId, onChoose }: Props) {
  const t = useTranslations('vendor-partners.pane');
  const words = useLevelWords(vendor);
  return (
    <ul aria-label={label} className={classes.lines}>
      {rows.map(({ vendorId, name, level, key, mappedTo }) => (
        <li key={vendorId}>
          <button type="button" aria-pressed={vendorId === chosenId} onClick={() => onChoose(vendorId)}>
            <bdi className={classes.name}>{name}</bdi>
            <span className={classes.about}>
              {[words.level(level), key ?? '', mappedTo === null ? '' : t('mapped', { partner: mappedTo })]
                .filter((part) => part !== '')
                .join(' · ')}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
