'use client';

import { type ComboboxItem, Select } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useController } from 'react-hook-form';
import { fieldId } from './field-id';
import type { FieldProps } from './field-props';

export interface SelectOption {
  readonly value: string;
  readonly label: string;
  /** Stays visible; say the reason in the label. */
  readonly disabled?: boolean;
}

interface Props extends FieldProps {
  readonly options: readonly SelectOption[];
  /** Default true. */
  readonly searchable?: boolean;
  /** Offers a way back to nothing chosen. Default: when not required. */
  readonly clearable?: boolean;
  readonly maxLength?: number;
}

/** One of several. The value is a string, empty when nothing is chosen. */
export function SelectField({
  name,
  label,
  options,
  required = false,
  searchable = true,
  clearable = !required,
  ...rest
}: Props) {
  const t = useTranslations('display.form');
  const { field, fieldState } = useController({ name });
  const data: ComboboxItem[] = options.map((option) => ({ ...option }));
  return (
    <Select
      // Choosing what is chosen keeps it.
      allowDeselect={false}
      {...rest}
      ref={field.ref}
      name={field.name}
      id={fieldId(name)}
      label={label}
      data={data}
      value={typeof field.value === 'string' && field.value !== '' ? field.value : null}
      onChange={(value) => field.onChange(value ?? '')}
      onBlur={field.onBlur}
      searchable={searchable}
      clearable={clearable}
      clearButtonProps={{ 'aria-label': t('clearValue', { label }) }}
      withAsterisk={required}
      aria-required={required}
      nothingFoundMessage={t('nothingFound')}
      limit={200}
      // The list scrolls by itself: Mantine's own scroll area takes the focus away from the options.
      withScrollArea={false}
      styles={{ options: { maxHeight: 280, overflowY: 'auto' } }}
      error={fieldState.error?.message}
    />
  );
}
