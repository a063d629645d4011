'use client';

import { useTranslations } from 'next-intl';
import { useWatch } from 'react-hook-form';
import { TextField } from '@/components/form/text-field';
import { Disclosure } from '../disclosure';
import classes from '../section.module.css';
import type { SectionValues } from './section-values';

/** Ids that almost nobody types: our correlation id serves where they are empty. */
export function Identifiers({ at }: { at: string }) {
  const t = useTranslations('cloud-cockpit');
  const words = useTranslations('onboarding.derived');
  const typed = useWatch<SectionValues>()[at];
  const own = [typed?.internalIdentifier, typed?.id].filter((value) => value !== undefined && value !== '');
  return (
    <Disclosure
      title={t('groups.identifiers')}
      hint={own.length === 0 ? words('ourCorrelationId') : own.join(', ')}
      open={own.length > 0}
    >
      <div className={classes.fields}>
        <TextField
          name={`${at}.internalIdentifier`}
          label={t('fields.internalIdentifier.label')}
          description={t('fields.internalIdentifier.help')}
          placeholder={words('ourCorrelationId')}
        />
        <TextField name={`${at}.id`} label={t('fields.id.label')} description={t('fields.id.help')} mono />
      </div>
    </Disclosure>
  );
}
