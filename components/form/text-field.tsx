'use client';

import { TextInput } from '@mantine/core';
import { useFormContext } from 'react-hook-form';
import { fieldId } from './field-id';
import type { FieldProps } from './field-props';
import { useFieldError } from './use-field-error';

interface Props extends FieldProps {
  readonly maxLength?: number;
  readonly type?: 'text' | 'email' | 'tel' | 'url';
  readonly autoComplete?: string;
  /** Ids and codes. */
  readonly mono?: boolean;
}

/** One line of text. */
export function TextField({
  name,
  mono = false,
  type = 'text',
  autoComplete = 'off',
  required = false,
  ...rest
}: Props) {
  const { register } = useFormContext();
  return (
    <TextInput
      {...rest}
      {...register(name)}
      id={fieldId(name)}
      type={type}
      autoComplete={autoComplete}
      withAsterisk={required}
      aria-required={required}
      error={useFieldError(name)}
      {...(mono ? { styles: { input: { fontFamily: 'var(--qs-mono)' } } } : {})}
    />
  );
}
