'use client';

import { TextInput } from '@mantine/core';
import { useFormContext } from 'react-hook-form';
import { fieldId } from './field-id';
import type { FieldProps } from './field-props';
import { useFieldError } from './use-field-error';

interface Props extends FieldProps {
  /** YYYY-MM-DD. */
  readonly min?: string;
  readonly max?: string;
}

/**
 * A day. The value is YYYY-MM-DD, empty when none is chosen. The browser's own control: it knows the person's keyboard,
 * phone and way of writing dates, and weighs nothing.
 */
export function DateField({ name, required = false, ...rest }: Props) {
  const { register } = useFormContext();
  return (
    <TextInput
      {...rest}
      {...register(name)}
      id={fieldId(name)}
      type="date"
      withAsterisk={required}
      aria-required={required}
      error={useFieldError(name)}
    />
  );
}
