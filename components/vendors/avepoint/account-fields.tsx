'use client';

import { useTranslations } from 'next-intl';
import { useWatch } from 'react-hook-form';
import type { SelectOption } from '@/components/form/select-field';
import { TextField } from '@/components/form/text-field';
import { factOf } from '@/lib/vendors/avepoint/input';
import { type AccountField, accountFieldNames } from '@/lib/vendors/avepoint/vocabulary';
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

const typeOf = (field: AccountField) =>
  field === 'registrationAccount' ? 'email' : field === 'telephoneNumber' ? 'tel' : 'text';

/** The customer and its account as AvePoint gets them: the shared facts, and what is typed here instead. */
export function AccountFields({ at, facts, countries }: Props) {
  const t = useTranslations('avepoint');
  const words = useTranslations('onboarding.derived');
  const input = useWatch<SectionValues>()[at];
  const own = accountFieldNames.filter((name) => (input?.[name] ?? '') !== '').length;
  return (
    <Disclosure
      title={t('groups.account')}
      hint={words('count', { own, all: accountFieldNames.length - own })}
      open={own > 0}
    >
      <p className={classes.hint}>{t('groups.accountHelp')}</p>
      <div className={classes.derivedList}>
        {accountFieldNames.map((field) => {
          const name = `${at}.${field}`;
          const label = t(`fields.${field}.label`);
          const derived = facts[factOf[field]].trim();
          const country = countries.find((one) => one.value === derived)?.label;
          return (
            <DerivedField
              key={field}
              name={name}
              label={label}
              derived={field === 'countryCode' ? (country ?? derived) : derived}
            >
              {field === 'countryCode' ? (
                <NativeSelectField name={name} label={label} options={countries} />
              ) : (
                <TextField name={name} label={label} description={t(`fields.${field}.help`)} type={typeOf(field)} />
              )}
            </DerivedField>
          );
        })}
      </div>
    </Disclosure>
  );
}
