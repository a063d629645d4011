'use client';

import { useState } from 'react';
import { useController } from 'react-hook-form';
import { fieldId } from '@/components/form/field-id';
import { PlainField } from '@/components/form/plain-field';
import { toNumbers } from './to-numbers';

interface Props {
  readonly name: string;
  readonly label: string;
  readonly description: string;
}

const split = (text: string) => text.split(/[\s,;]+/).filter((one) => one !== '');

/** Numbers of realms, typed with commas between them. What is no number stays as typed, for the rules to speak of. */
export function NumbersField({ name, label, description }: Props) {
  const { field, fieldState } = useController({ name });
  const numbers = toNumbers(field.value);
  const [text, setText] = useState(() => numbers.join(', '));
  // The list may be changed from outside; while both mean the same, what was typed stays as typed.
  const shown = split(text).join() === numbers.join() ? text : numbers.join(', ');
  return (
    <PlainField
      ref={field.ref}
      name={field.name}
      id={fieldId(name)}
      label={label}
      description={description}
      error={fieldState.error?.message}
      autoComplete="off"
      value={shown}
      onChange={(event) => {
        setText(event.currentTarget.value);
        field.onChange(split(event.currentTarget.value));
      }}
      onBlur={field.onBlur}
    />
  );
}
