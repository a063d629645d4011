'use client';

import { Checkbox } from '@mantine/core';
import { useController } from 'react-hook-form';
import { fieldId } from './field-id';
import type { FieldProps } from './field-props';

/** Yes or no, decided with the form. Never ticked beforehand where somebody agrees to something. */
export function CheckboxField({ name, label, description, required = false, disabled = false }: FieldProps) {
  const { field, fieldState } = useController({ name });
  return (
    <Checkbox
      ref={field.ref}
      name={field.name}
      id={fieldId(name)}
      label={label}
      description={description}
      disabled={disabled}
      checked={field.value === true}
      onChange={(event) => field.onChange(event.currentTarget.checked)}
      onBlur={field.onBlur}
      aria-required={required}
      error={fieldState.error?.message}
    />
  );
}
