'use client';

import { useTranslations } from 'next-intl';
import { useWatch } from 'react-hook-form';
import type { SelectOption } from '@/components/form/select-field';
import { TextField } from '@/components/form/text-field';
import { companyFieldNames, deriveCompany, factOf } from '@/lib/vendors/cove/input';
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

/** Name, company and address as this vendor gets them: the shared facts, and what is typed here instead. */
export function CompanyFields({ at, facts, countries }: Props) {
  const t = useTranslations('cove');
  const words = useTranslations('onboarding.derived');
  const input = useWatch<SectionValues>()[at];
  const derived = companyFieldNames.filter((name) => factOf[name] !== null);
  const others = companyFieldNames.filter((name) => factOf[name] === null);
  const typed = [input?.name, input?.deviceCountry, ...companyFieldNames.map((name) => input?.company?.[name])];
  const own = typed.filter((value) => value !== undefined && value !== '').length;
  const countryName = (code: string) => countries.find((one) => one.value === code)?.label ?? code;
  const country = input?.company?.country || facts.country.trim();
  const name = `${at}.name`;
  const deviceCountry = `${at}.deviceCountry`;
  return (
    <Disclosure
      title={t('groups.company')}
      hint={words('count', { own, all: derived.length + 2 - Math.min(own, derived.length + 2) })}
      open={own > 0}
    >
      <p className={classes.hint}>{t('groups.companyHelp')}</p>
      <div className={classes.derivedList}>
        <DerivedField name={name} label={t('fields.name.label')} derived={facts.name.trim()}>
          <TextField name={name} label={t('fields.name.label')} description={t('fields.name.help')} />
        </DerivedField>
        {derived.map((field) => {
          const path = `${at}.company.${field}`;
          const label = t(`fields.company.${field}.label`);
          const value = deriveCompany(facts, field);
          return (
            <DerivedField
              key={field}
              name={path}
              label={label}
              derived={field === 'country' ? countryName(value) : value}
            >
              {field === 'country' ? (
                <NativeSelectField name={path} label={label} options={countries} />
              ) : (
                <TextField name={path} label={label} description={t(`fields.company.${field}.help`)} />
              )}
            </DerivedField>
          );
        })}
        <DerivedField name={deviceCountry} label={t('fields.deviceCountry.label')} derived={countryName(country)}>
          <NativeSelectField name={deviceCountry} label={t('fields.deviceCountry.label')} options={countries} />
        </DerivedField>
      </div>
      <div className={classes.fields}>
        {others.map((field) => (
          <TextField
            key={field}
            name={`${at}.company.${field}`}
            label={t(`fields.company.${field}.label`)}
            description={t(`fields.company.${field}.help`)}
            mono={field === 'billingContactPersonId'}
          />
        ))}
      </div>
    </Disclosure>
  );
}
