'use client';

import { lazy, Suspense } from 'react';
import { FormProvider } from 'react-hook-form';
import { fieldId } from '@/components/form/field-id';
import { type CloudlxInput, cloudlxInputSchema, emptyCloudlxInput } from '@/lib/vendors/cloudlx/input';
import type { Json } from '@/lib/vendors/vendor';
import classes from '../section.module.css';
import type { VendorSectionProps } from '../section-props';
import { SectionSkeleton } from '../section-skeleton';
import { useSectionForm } from '../use-section-form';
import { CompanyFields } from './company-fields';
import { CurrencyField } from './currency-field';

// What reads the vendor's lists comes after the form: nothing else waits for it.
const RealmFields = lazy(async () => ({ default: (await import('./realm-fields')).RealmFields }));

/** CloudLX's section of the form: the currency, what the customer can work with, and what differs from the shared facts. */
export function CloudlxSection(props: VendorSectionProps) {
  const { connection, facts, countries, timeZone } = props;
  const form = useSectionForm(props, { toInput });
  const at = connection.connectionId;
  return (
    <FormProvider {...form}>
      <div className={classes.section} data-fields={fieldId(at)} tabIndex={-1}>
        <CurrencyField at={at} facts={facts} />
        <Suspense fallback={<SectionSkeleton />}>
          <RealmFields at={at} timeZone={timeZone} />
        </Suspense>
        <div>
          <CompanyFields at={at} facts={facts} countries={countries} />
        </div>
      </div>
    </FormProvider>
  );
}

/** What an earlier state of the section says, as far as it can be read. */
function toInput(initial: Json): CloudlxInput {
  const parsed = cloudlxInputSchema.safeParse(initial);
  return parsed.success ? parsed.data : emptyCloudlxInput;
}
