'use client';

import { useTranslations } from 'next-intl';
import { useWatch } from 'react-hook-form';
import { emptyCloudlxInput, toTexts } from '@/lib/vendors/cloudlx/input';
import { likelyCurrency } from '@/lib/vendors/cloudlx/vocabulary';
import type { CustomerFacts } from '@/lib/vendors/vendor';
import { DerivedField } from '../derived-field';
import { NativeSelectField } from '../native-select-field';
import classes from '../section.module.css';
import type { SectionValues } from './section-values';
import { useCurrencyWords } from './use-currency-words';

/** The customer's currency: by the country where that is plain, else to be chosen. */
export function CurrencyField({ at, facts }: { at: string; facts: CustomerFacts }) {
  const t = useTranslations('cloudlx');
  const { label: nameOf, options } = useCurrencyWords();
  const input = useWatch<SectionValues>()[at];
  const typed = input?.currency ?? '';
  const { value: country } = toTexts(facts, { ...emptyCloudlxInput, country: input?.country ?? '' }).country_iso;
  const likely = likelyCurrency(country);
  const name = `${at}.currency`;
  const label = t('fields.currency.label');
  // What is chosen stays a choice even where the browser does not know it.
  const choices =
    typed === '' || options.some((one) => one.value === typed)
      ? options
      : [{ value: typed, label: nameOf(typed) }, ...options];
  const select = (
    <NativeSelectField
      name={name}
      label={label}
      description={t('fields.currency.help')}
      options={choices}
      required={likely === null}
    />
  );
  if (likely === null) return select;
  return (
    <div className={classes.derivedList}>
      <DerivedField name={name} label={label} derived={t('derived.fromCountry', { currency: nameOf(likely) })}>
        {select}
      </DerivedField>
    </div>
  );
}
