'use client';

import { Select } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useController } from 'react-hook-form';
import { fieldId } from '@/components/form/field-id';
import { dataCenters, guidPattern } from '@/lib/vendors/avepoint/vocabulary';
import classes from '../section.module.css';
import type { Entered } from '../use-late-picker';
import { useTypedSearch } from '../use-typed-search';

interface Props {
  readonly name: string;
  readonly entered: Entered | null;
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

const listed: readonly Choice[] = dataCenters.map(({ id, region }) => ({ value: id, label: region }));

/** The picker itself. AvePoint offers no list to read, so its documented one stands here; any other id can be typed. */
export function DataCenterPicker({ name, entered }: Props) {
  const t = useTranslations('avepoint.fields.dataCenter');
  const words = useTranslations('onboarding.lookup');
  const { field, fieldState } = useController({ name });
  const value = typeof field.value === 'string' ? field.value.trim().toLowerCase() : '';
  const { typed, search } = useTypedSearch(name, entered);
  // What was typed is shown though the list does not have it.
  const known = value === '' || listed.some((one) => one.value === value);
  const choices = known ? listed : [{ value, label: value }, ...listed];

  function leave() {
    // What is typed out in full is meant, whether it was picked from the list or not.
    const text = typed.trim().toLowerCase();
    const named = listed.find((one) => one.label.toLowerCase() === text)?.value;
    const meant = named ?? (guidPattern.test(text) ? text : null);
    if (meant !== null) field.onChange(meant);
    field.onBlur();
  }

  return (
    <Select
      // Choosing what is chosen keeps it.
      allowDeselect={false}
      ref={field.ref}
      name={field.name}
      id={fieldId(name)}
      label={t('label')}
      description={t('help')}
      placeholder={t('placeholder')}
      data={choices}
      value={value === '' ? null : value}
      onChange={(next) => field.onChange(next ?? '')}
      {...search}
      onBlur={leave}
      filter={({ search: text }) => matching(choices, text)}
      searchable
      openOnFocus={false}
      withAsterisk
      aria-required
      nothingFoundMessage={guidPattern.test(typed.trim()) ? t('typed') : words('nothing')}
      // The list itself scrolls: a scroll area around it could not be reached by keyboard.
      withScrollArea={false}
      classNames={{ options: classes.options }}
      renderOption={({ option }) => (
        <span className={classes.option}>
          <span>{option.label}</span>
          <span className={classes.hint}>{option.value}</span>
        </span>
      )}
      error={fieldState.error?.message}
    />
  );
}

/** By part of the name or the id; what begins with the words comes first. */
function matching(choices: readonly Choice[], search: string): Choice[] {
  const wanted = search.trim().toLowerCase();
  const found = choices.filter(({ value, label }) => `${label} ${value}`.toLowerCase().includes(wanted));
  const begins = ({ label }: Choice) => (label.toLowerCase().startsWith(wanted) ? 0 : 1);
  return found.toSorted((one, other) => begins(one) - begins(other));
}
