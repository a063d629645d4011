'use client';

import { FormProvider } from 'react-hook-form';
import { fieldId } from '@/components/form/field-id';
import { addedLevels } from '@/lib/vendors/cove/vocabulary';
import type { PartnerSectionProps } from '../partner-sections';
import classes from '../section.module.css';
import { useSectionForm } from '../use-section-form';
import { CompanyFields } from './company-fields';
import { IdentifierFields } from './identifier-fields';
import { ServiceFields } from './service-fields';
import { toInput } from './to-input';
import { TrialFields } from './trial-fields';

/** Cove's section about a partner: as for a customer, but for its place, which the page says. */
export function CovePartnerSection({ parent, ...props }: PartnerSectionProps) {
  const { connection, facts, countries, timeZone, partnerId } = props;
  const form = useSectionForm(props, { toInput });
  const at = connection.connectionId;
  const gives = parent?.gives ?? null;
  return (
    <FormProvider {...form}>
      <div className={classes.section} data-fields={fieldId(at)} tabIndex={-1}>
        <ServiceFields at={at} partnerId={partnerId} timeZone={timeZone} levels={addedLevels} gives={gives} />
        <div>
          <TrialFields at={at} />
          <CompanyFields at={at} facts={facts} countries={countries} />
          <IdentifierFields at={at} partnerId={partnerId} timeZone={timeZone} />
        </div>
      </div>
    </FormProvider>
  );
}
