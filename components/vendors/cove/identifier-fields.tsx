'use client';

import { useTranslations } from 'next-intl';
import { useWatch } from 'react-hook-form';
import { CheckboxField } from '@/components/form/checkbox-field';
import { TextField } from '@/components/form/text-field';
import { partnerFlags } from '@/lib/vendors/cove/vocabulary';
import { Disclosure } from '../disclosure';
import { LookupField } from '../lookup-field';
import classes from '../section.module.css';
import { ChoiceList } from './choice-list';
import type { SectionValues } from './section-values';

interface Props {
  at: string;
  partnerId: string;
  timeZone: string;
}

/** What almost nobody sets: our correlation id serves as the reference where it is empty. */
export function IdentifierFields({ at, partnerId, timeZone }: Props) {
  const t = useTranslations('cove');
  const words = useTranslations('onboarding.derived');
  const input = useWatch<SectionValues>()[at];
  const code = input?.externalCode ?? '';
  const set =
    code !== '' ||
    input?.createDefaultAccount === true ||
    (input?.flags?.length ?? 0) > 0 ||
    (input?.regionId ?? '') !== '' ||
    (input?.responsibleUserId ?? '') !== '';
  return (
    <Disclosure title={t('groups.identifiers')} hint={code === '' ? words('ourCorrelationId') : code} open={set}>
      <div className={classes.fields}>
        <TextField
          name={`${at}.externalCode`}
          label={t('fields.externalCode.label')}
          description={t('fields.externalCode.help')}
          placeholder={words('ourCorrelationId')}
        />
        <LookupField
          name={`${at}.regionId`}
          connectionId={at}
          partnerId={partnerId}
          timeZone={timeZone}
          lookup="regions"
          pastedId={/^\d{1,10}$/}
          label={t('fields.regionId.label')}
          description={t('fields.regionId.help')}
        />
        <TextField
          name={`${at}.responsibleUserId`}
          label={t('fields.responsibleUserId.label')}
          description={t('fields.responsibleUserId.help')}
          mono
        />
        <div data-wide>
          <ChoiceList
            name={`${at}.flags`}
            label={t('fields.flags.label')}
            description={t('fields.flags.help')}
            options={partnerFlags.map((value) => ({ value, label: t(`flag.${value}`) }))}
          />
        </div>
        <div data-wide>
          <CheckboxField
            name={`${at}.createDefaultAccount`}
            label={t('fields.createDefaultAccount.label')}
            description={t('fields.createDefaultAccount.help')}
          />
        </div>
      </div>
    </Disclosure>
  );
}
