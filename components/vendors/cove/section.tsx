'use client';

import { FormProvider } from 'react-hook-form';
import { fieldId } from '@/components/form/field-id';
import { type CoveInput, coveInputSchema, emptyCoveInput } from '@/lib/vendors/cove/input';
import type { Json } from '@/lib/vendors/vendor';
import classes from '../section.module.css';
import type { VendorSectionProps } from '../section-props';
import { useSectionForm } from '../use-section-form';
import { CompanyFields } from './company-fields';
import { IdentifierFields } from './identifier-fields';
import { ParentField } from './parent-field';
import { ServiceFields } from './service-fields';
import { TrialFields } from './trial-fields';

/** Cove's section of the form: nothing has to be typed here; what can be is one click away. */
export function CoveSection(props: VendorSectionProps) {
  const { connection, facts, countries, timeZone, partnerId } = props;
  const form = useSectionForm(props, { toInput });
  const at = connection.connectionId;
  return (
    <FormProvider {...form}>
      <div className={classes.section} data-fields={fieldId(at)} tabIndex={-1}>
        <ParentField connection={connection} partnerId={partnerId} timeZone={timeZone} />
        <ServiceFields at={at} partnerId={partnerId} timeZone={timeZone} />
        <div>
          <TrialFields at={at} />
          <CompanyFields at={at} facts={facts} countries={countries} />
          <IdentifierFields at={at} partnerId={partnerId} timeZone={timeZone} />
        </div>
      </div>
    </FormProvider>
  );
}

/** What an earlier state of the section says, as far as it can be read. */
function toInput(initial: Json): CoveInput {
  const parsed = coveInputSchema.safeParse(initial);
  return parsed.success ? parsed.data : emptyCoveInput;
}
