'use client';

import { IconSelector } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { FormSection } from '@/components/form/form-section';
import plain from '@/components/form/plain-field.module.css';
import section from '@/components/vendors/section.module.css';
import type { FormStart } from '@/lib/onboarding/form-start';

interface Props {
  partners: FormStart['partners'];
  partnerId: string;
  /** The customer exists already: it belongs to somebody. */
  fixed: boolean;
  /** False when what is typed could not be kept, and nothing was changed. */
  onChange: (partnerId: string) => Promise<boolean>;
}

/** Whose customer it is. Another partner has other connections: the form opens anew, with what was typed. */
export function PartnerChoice({ partners, partnerId, fixed, onChange }: Props) {
  const t = useTranslations('onboarding.form');
  const id = useId();
  const [wanted, setWanted] = useState(partnerId);
  const [failed, setFailed] = useState(false);
  const note = fixed ? t('partnerFixed') : wanted !== partnerId ? t('partnerOpening') : null;
  return (
    <FormSection title={t('partner')} description={t('partnerHelp')}>
      <div className={plain.field}>
        <label htmlFor={id} className={plain.label}>
          {t('partnerLabel')}
        </label>
        <span className={plain.control}>
          <select
            id={id}
            className={`${plain.input} ${section.select}`}
            value={wanted}
            disabled={fixed}
            aria-invalid={failed}
            aria-describedby={`${id}-note`}
            onChange={(event) => {
              const next = event.currentTarget.value;
              setWanted(next);
              void onChange(next).then((kept) => {
                setFailed(!kept);
                if (!kept) setWanted(partnerId);
              });
            }}
          >
            {partners.map((partner) => (
              <option key={partner.partnerId} value={partner.partnerId}>
                {partner.name}
              </option>
            ))}
          </select>
          <IconSelector size={16} aria-hidden className={section.selectIcon} />
        </span>
        <p id={`${id}-note`} role="status" className={failed ? plain.error : section.below}>
          {failed ? t('partnerFailed') : note}
        </p>
      </div>
    </FormSection>
  );
}
