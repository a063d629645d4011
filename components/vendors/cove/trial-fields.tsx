'use client';

import { useTranslations } from 'next-intl';
import { useWatch } from 'react-hook-form';
import { DateField } from '@/components/form/date-field';
import { Disclosure } from '../disclosure';
import classes from '../section.module.css';
import type { SectionValues } from './section-values';

/** When a trial begins and ends. Of use with the state "in trial" alone. */
export function TrialFields({ at }: { at: string }) {
  const t = useTranslations('cove');
  const input = useWatch<SectionValues>()[at];
  const days = [input?.trialRegistration, input?.trialExpiration].filter((day) => day !== undefined && day !== '');
  return (
    <Disclosure
      title={t('groups.trial')}
      hint={days.length === 0 ? t('derived.notSent') : days.join(' – ')}
      open={days.length > 0}
    >
      <div className={classes.fields}>
        {(['trialRegistration', 'trialExpiration'] as const).map((field) => (
          <DateField
            key={field}
            name={`${at}.${field}`}
            label={t(`fields.${field}.label`)}
            description={t(`fields.${field}.help`)}
          />
        ))}
      </div>
    </Disclosure>
  );
}
