'use client';

import { Switch } from '@mantine/core';
import { useController } from 'react-hook-form';
import { fieldId } from './field-id';
import type { FieldProps } from './field-props';

/** Something that is on or off. */
export function SwitchField({ name, label, description, disabled = false }: FieldProps) {
  const { field, fieldState } = useController({ name });
  return (
    <Switch
      ref={field.ref}
      name={field.name}
      id={fieldId(name)}
      label={label}
      description={description}
      disabled={disabled}
      checked={field.value === true}
      onChange={(event) => field.onChange(event.currentTarget.checked)}
      onBlur={field.onBlur}
      error={fieldState.error?.message}
    />
  );
}
