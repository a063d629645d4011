'use client';

import { useTranslations } from 'next-intl';
import { FormSection } from '@/components/form/form-section';
import plain from '@/components/form/plain-field.module.css';

interface Props {
  mappable: readonly { readonly partnerId: string; readonly name: string }[];
  vendor: string;
  ownerName: string;
  chosenId: string | null;
  onChoose: (partnerId: string | null) => void;
}

/** The partner of ours that is mapped to the new one as soon as it is there. */
export function MapChoice({ mappable, vendor, ownerName, chosenId, onChoose }: Props) {
  const t = useTranslations('vendor-partners.form');
  const id = 'map-to';
  return (
    <FormSection title={t('map')} description={t('mapHelp', { vendor })}>
      {mappable.length === 0 ? (
        <p data-wide>{t('nobodyToMap', { owner: ownerName })}</p>
      ) : (
        <div className={plain.field}>
          <label htmlFor={id} className={plain.label}>
            {t('mapTo')}
          </label>
          <p id={`${id}-help`} className={plain.description}>
            {t('mapToHelp', { owner: ownerName })}
          </p>
          <span className={plain.control}>
            <select
              id={id}
              className={plain.input}
              aria-describedby={`${id}-help`}
              value={chosenId ?? ''}
              onChange={({ currentTarget: { value } }) => onChoose(value === '' ? null : value)}
            >
              <option value="">{t('noMap')}</option>
              {mappable.map(({ partnerId, name }) => (
                <option key={partnerId} value={partnerId}>
                  {name}
                </option>
              ))}
            </select>
          </span>
        </div>
      )}
    </FormSection>
  );
}
