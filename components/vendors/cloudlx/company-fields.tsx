'use client';

import { useTranslations } from 'next-intl';
import { useWatch } from 'react-hook-form';
import type { SelectOption } from '@/components/form/select-field';
import { TextField } from '@/components/form/text-field';
import { defaultRoleGroup, textFields } from '@/lib/vendors/cloudlx/vocabulary';
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

const fields = Object.values(textFields);

/** The company and its first user as CloudLX gets them: the shared facts, and what is typed here instead. */
export function CompanyFields({ at, facts, countries }: Props) {
  const t = useTranslations('cloudlx');
  const words = useTranslations('onboarding.derived');
  const input = useWatch<SectionValues>()[at];
  const own = fields.filter(({ field }) => (input?.[field] ?? '') !== '').length;
  const otherRole = (input?.roleGroup ?? defaultRoleGroup) !== defaultRoleGroup;
  return (
    <Disclosure
      title={t('groups.company')}
      hint={words('count', { own, all: fields.length - own })}
      open={own > 0 || otherRole}
    >
      <p className={classes.hint}>{t('groups.companyHelp')}</p>
      <div className={classes.derivedList}>
        {fields.map(({ field, fact }) => {
          const name = `${at}.${field}`;
          const label = t(`fields.${field}.label`);
          const derived = facts[fact].trim();
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
      <div className={classes.fields}>
        <TextField
          name={`${at}.roleGroup`}
          label={t('fields.roleGroup.label')}
          description={t('fields.roleGroup.help')}
          placeholder={defaultRoleGroup}
        />
      </div>
    </Disclosure>
  );
}
