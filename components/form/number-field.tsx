'use client';

import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useController } from 'react-hook-form';
import { fieldId } from './field-id';
import type { FieldProps } from './field-props';

interface Props extends FieldProps {
  /** Digits behind the point; 0 for whole numbers. */
  readonly decimals?: number;
  /** The unit, behind the number: "ms". */
  readonly unit?: string;
  readonly maxLength?: number;
}

/** What is typed, as the form keeps it: a number, null for nothing, the text itself where it is no number (yet). */
function toValue(text: string): number | string | null {
  const trimmed = text.trim().replace(',', '.');
  if (trimmed === '') return null;
  const number = Number(trimmed);
  return Number.isFinite(number) ? number : text;
}

const asText = (value: unknown) => (typeof value === 'number' || typeof value === 'string' ? String(value) : '');

/**
 * A number, typed as text: no arrows that change it by accident while scrolling. The value is a number, or null for an
 * empty box; what is no number stays a text, which the form's schema refuses. Bounds are the schema's too.
 */
export function NumberField({ name, required = false, decimals = 0, unit, maxLength = 15, ...rest }: Props) {
  const { field, fieldState } = useController({ name });
  const [text, setText] = useState(() => asText(field.value));
  // The form may be reset or filled from outside; while both mean the same, what was typed stays as typed.
  const shown = toValue(text) === (field.value ?? null) ? text : asText(field.value);
  return (
    <TextInput
      {...rest}
      ref={field.ref}
      name={field.name}
      id={fieldId(name)}
      value={shown}
      onChange={(event) => {
        setText(event.currentTarget.value);
        field.onChange(toValue(event.currentTarget.value));
      }}
      onBlur={field.onBlur}
      inputMode={decimals > 0 ? 'decimal' : 'numeric'}
      maxLength={maxLength}
      autoComplete="off"
      rightSection={unit}
      {...(unit === undefined ? {} : { rightSectionWidth: `calc(${unit.length}ch + 20px)` })}
      rightSectionPointerEvents="none"
      withAsterisk={required}
      aria-required={required}
      error={fieldState.error?.message}
    />
  );
}
