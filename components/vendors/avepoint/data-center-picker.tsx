'use client';

import { Select } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { useController } from 'react-hook-form';
import { fieldId } from '@/components/form/field-id';
import { dataCenters, guidPattern } from '@/lib/vendors/avepoint/vocabulary';
import classes from '../section.module.css';

interface Props {
  readonly name: string;
  /** The field was entered by a person: what was typed meanwhile, and whether the list is to be open at once. */
  readonly entered: { readonly typed: string; readonly open: boolean } | null;
}

const listed = dataCenters.map(({ id, region }) => ({ value: id, label: region }));

/** The picker itself. AvePoint offers no list to read, so its documented one stands here; any other id can be typed. */
export function DataCenterPicker({ name, entered }: Props) {
  const t = useTranslations('avepoint.fields.dataCenter');
  const words = useTranslations('onboarding.lookup');
  const { field, fieldState } = useController({ name });
  const value = typeof field.value === 'string' ? field.value.trim().toLowerCase() : '';
  const [typed, setTyped] = useState(entered?.typed ?? '');
  const toFocus = useRef(entered !== null);
  useEffect(() => {
    // Takes over the keyboard's place from the box that stood here before: once.
    if (toFocus.current) document.getElementById(fieldId(name))?.focus();
    toFocus.current = false;
  }, [name]);
  const known = value === '' || listed.some((one) => one.value === value);

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
      ref={field.ref}
      name={field.name}
      id={fieldId(name)}
      label={t('label')}
      description={t('help')}
      placeholder={t('placeholder')}
      // What was typed is shown though the list does not have it.
      data={known ? listed : [{ value, label: value }, ...listed]}
      value={value === '' ? null : value}
      onChange={(next) => field.onChange(next ?? '')}
      defaultSearchValue={entered?.typed ?? ''}
      defaultDropdownOpened={entered?.open ?? false}
      onSearchChange={setTyped}
      onBlur={leave}
      filter={({ options, search }) =>
        options.filter((option) => {
          if (!('value' in option)) return false;
          return `${option.label} ${option.value}`.toLowerCase().includes(search.trim().toLowerCase());
        })
      }
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
