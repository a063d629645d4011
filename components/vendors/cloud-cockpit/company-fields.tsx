'use client';

import { useTranslations } from 'next-intl';
import { useWatch } from 'react-hook-form';
import type { SelectOption } from '@/components/form/select-field';
import { TextField } from '@/components/form/text-field';
import { factOf } from '@/lib/vendors/cloud-cockpit/input';
import { companyFieldNames } from '@/lib/vendors/cloud-cockpit/vocabulary';
import type { CustomerFacts } from '@/lib/vendors/vendor';
import { DerivedField } from '../derived-field';
import { Disclosure } from '../disclosure';
import { NativeSelectField } from '../native-select-field';
import classes from '../section.module.css';
import type { SectionValues } from './section-values';

interface Props {
  at: string;
  facts: CustomerFacts;
  countries: readonly SelectOption[];
}

/** Company and contact as this vendor gets them: the shared facts, and what is typed here instead. */
export function CompanyFields({ at, facts, countries }: Props) {
  const t = useTranslations('cloud-cockpit');
  const words = useTranslations('onboarding.derived');
  const input = useWatch<SectionValues>()[at];
  const own = companyFieldNames.filter((name) => (input?.[name] ?? '') !== '').length;
  return (
    <Disclosure
      title={t('groups.company')}
      hint={words('count', { own, all: companyFieldNames.length - own })}
      open={own > 0}
    >
      <p className={classes.hint}>{t('groups.companyHelp')}</p>
      <div className={classes.derivedList}>
        {companyFieldNames.map((field) => {
          const name = `${at}.${field}`;
          const label = t(`fields.${field}.label`);
          const derived = facts[factOf[field]].trim();
          const shown =
            field === 'country' ? (countries.find((one) => one.value === derived)?.label ?? derived) : derived;
          return (
            <DerivedField key={field} name={name} label={label} derived={shown}>
              {field === 'country' ? (
                <NativeSelectField name={name} label={label} options={countries} />
              ) : (
                <TextField name={name} label={label} description={t(`fields.${field}.help`)} />
              )}
            </DerivedField>
          );
        })}
      </div>
    </Disclosure>
  );
}
