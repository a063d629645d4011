'use client';

import { useTranslations } from 'next-intl';
import { FormProvider } from 'react-hook-form';
import { fieldId } from '@/components/form/field-id';
import { TextField } from '@/components/form/text-field';
import {
  emptyResellerInput,
  type ResellerInput,
  resellerInputSchema,
} from '@/lib/vendors/cloud-cockpit/resellers/input';
import type { Json } from '@/lib/vendors/vendor';
import type { PartnerSectionProps } from '../partner-sections';
import classes from '../section.module.css';
import { useSectionForm } from '../use-section-form';

function toInput(initial: Json): ResellerInput {
  const parsed = resellerInputSchema.safeParse(initial);
  return parsed.success ? parsed.data : emptyResellerInput;
}

/** Cloud Cockpit's section about a reseller: its identifiers. Company and contact are the shared facts. */
export function CloudCockpitPartnerSection(props: PartnerSectionProps) {
  const t = useTranslations('cloud-cockpit.fields');
  const words = useTranslations('onboarding.derived');
  const form = useSectionForm(props, { toInput });
  const at = props.connection.connectionId;
  return (
    <FormProvider {...form}>
      <div className={classes.section} data-fields={fieldId(at)} tabIndex={-1}>
        <div className={classes.fields}>
          <TextField
            name={`${at}.internalIdentifier`}
            label={t('internalIdentifier.label')}
            description={t('internalIdentifier.help')}
            placeholder={words('ourCorrelationId')}
          />
          <TextField name={`${at}.id`} label={t('id.resellerLabel')} description={t('id.help')} mono />
        </div>
      </div>
    </FormProvider>
  );
}
