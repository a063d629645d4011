'use client';

import { useTranslations } from 'next-intl';
import { FormSection } from '@/components/form/form-section';
import type { SelectOption } from '@/components/form/select-field';
import { TextField } from '@/components/form/text-field';
import { NativeSelectField } from '@/components/vendors/native-select-field';
import type { CustomerFacts } from '@/lib/vendors/vendor';

interface Props {
  countries: readonly SelectOption[];
  /** Facts that we or a chosen vendor cannot do without. */
  required: ReadonlySet<string>;
  /** Of an existing customer: what changes here changes there. */
  existing: boolean;
  /** What these facts are for, where it is not a customer. */
  help?: { readonly company: string; readonly contact: string };
}

const company = ['legalName', 'taxId'] as const;
const address = ['addressLine1', 'addressLine2', 'city', 'state', 'zip'] as const;
const people = ['firstName', 'middleName', 'lastName'] as const;

/** The facts that are typed once and shared by every vendor. */
export function CustomerFields({ countries, required, existing, help }: Props) {
  const t = useTranslations('onboarding');
  const text = (fact: keyof CustomerFacts, type: 'text' | 'email' | 'tel' | 'url' = 'text') => (
    <TextField
      key={fact}
      name={`customer.${fact}`}
      label={t(`facts.${fact}`)}
      type={type}
      required={required.has(`customer.${fact}`)}
    />
  );
  return (
    <>
      <FormSection
        id="customer"
        title={t('form.company')}
        description={help?.company ?? t(existing ? 'form.existingHelp' : 'form.companyHelp')}
      >
        <div data-wide>{text('name')}</div>
        {company.map((fact) => text(fact))}
        <NativeSelectField
          name="customer.country"
          label={t('facts.country')}
          options={countries}
          required={required.has('customer.country')}
          placeholder={t('form.chooseCountry')}
        />
        {text('website', 'url')}
        {address.map((fact) => text(fact))}
      </FormSection>
      <FormSection title={t('form.contact')} description={help?.contact ?? t('form.contactHelp')}>
        {people.map((fact) => text(fact))}
        {text('email', 'email')}
        {text('phone', 'tel')}
      </FormSection>
    </>
  );
}
