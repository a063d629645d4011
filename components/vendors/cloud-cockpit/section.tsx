'use client';

import { useTranslations } from 'next-intl';
import { FormProvider } from 'react-hook-form';
import { fieldId } from '@/components/form/field-id';
import {
  type CloudCockpitInput,
  cloudCockpitInputSchema,
  emptyCloudCockpitInput,
} from '@/lib/vendors/cloud-cockpit/input';
import type { Json } from '@/lib/vendors/vendor';
import classes from '../section.module.css';
import type { VendorSectionProps } from '../section-props';
import { useSectionForm } from '../use-section-form';
import { Associations } from './associations';
import { CompanyFields } from './company-fields';
import { Identifiers } from './identifiers';
import { Providers } from './providers';
import { ResellerField } from './reseller-field';

/** Cloud Cockpit's section of the form: nothing has to be typed here; what can be is one click away. */
export function CloudCockpitSection(props: VendorSectionProps) {
  const { connection, facts, countries, timeZone } = props;
  const t = useTranslations('cloud-cockpit');
  const form = useSectionForm(props, { toInput: (initial) => toInput(initial, connection.mappingId) });
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
