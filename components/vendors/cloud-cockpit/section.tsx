'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { fieldId } from '@/components/form/field-id';
import {
  type CloudCockpitInput,
  cloudCockpitInputSchema,
  emptyCloudCockpitInput,
} from '@/lib/vendors/cloud-cockpit/input';
import type { Json } from '@/lib/vendors/vendor';
import { answeredFields, errorFields, fieldsResolver } from '../fields-resolver';
import { openInvalid } from '../open-invalid';
import classes from '../section.module.css';
import type { VendorSectionProps } from '../section-props';
import { Associations } from './associations';
import { CompanyFields } from './company-fields';
import { Identifiers } from './identifiers';
import { Providers } from './providers';
import { ResellerField } from './reseller-field';
import type { SectionValues } from './section-values';

/** Cloud Cockpit's section of the form: nothing has to be typed here; what can be is one click away. */
export function CloudCockpitSection(props: VendorSectionProps) {
  const { connection, facts, countries, timeZone } = props;
  const t = useTranslations('cloud-cockpit');
  const form = useSectionForm(props);
  const at = connection.connectionId;
  return (
    <FormProvider {...form}>
      <div className={classes.section} data-fields={fieldId(at)} tabIndex={-1}>
        <ResellerField at={at} connection={connection} timeZone={timeZone} />
        <Providers at={at} timeZone={timeZone} />
        <div>
          <CompanyFields at={at} facts={facts} countries={countries} />
          <Identifiers at={at} />
          <Associations at={at} />
        </div>
        <p className="visually-hidden">{t('groups.companyHelp')}</p>
      </div>
    </FormProvider>
  );
}

/** What an earlier state of the section says, as far as it can be read. Where a mapping decides, no reseller is picked. */
function toInput(initial: Json, mappingId: string | null): CloudCockpitInput {
  const parsed = cloudCockpitInputSchema.safeParse(initial);
  const input = parsed.success ? parsed.data : emptyCloudCockpitInput;
  return mappingId === null ? input : { ...input, resellerId: '' };
}

function useSectionForm(props: VendorSectionProps) {
  const { connection, initial, answers, lint, findingWords, onChange, onReady } = props;
  const at = connection.connectionId;
  const [first] = useState(() => toInput(initial, connection.mappingId));
  const form = useForm<SectionValues>({
    mode: 'onTouched',
    defaultValues: { [at]: first },
    resolver: fieldsResolver((values: SectionValues) => {
      const input = values[at] ?? emptyCloudCockpitInput;
      return {
        ...answeredFields(at, answers, { first: { [at]: first }, values }),
        ...errorFields(at, lint(input), findingWords),
      };
    }),
  });
  const { subscribe, trigger, getValues } = form;

  // What an old draft says and this form leaves out is gone for the rest of the page, too.
  useEffect(() => onChange(first), [onChange, first]);
  useEffect(
    // A copy: the form library writes into its own object, and what compares would see no difference.
    () => subscribe({ formState: { values: true }, callback: () => onChange(structuredClone(getValues(at))) }),
    [subscribe, getValues, onChange, at],
  );
  useEffect(() => {
    const showErrors = () =>
      void trigger().then(() => openInvalid(document.querySelector(`[data-fields="${fieldId(at)}"]`)));
    onReady({ showErrors });
    if (answers.length > 0) showErrors();
    return () => onReady(null);
  }, [onReady, trigger, answers, at]);
  return form;
}
