'use client';

import { Checkbox } from '@mantine/core';
import { useController } from 'react-hook-form';
import { fieldId } from '@/components/form/field-id';
import type { SelectOption } from '@/components/form/select-field';
import classes from './choice-list.module.css';

interface Props {
  name: string;
  label: string;
  description: string;
  options: readonly SelectOption[];
}

/** Any number of a few fixed choices, each with its box. The value is the list of those ticked, in the order offered. */
export function ChoiceList({ name, label, description, options }: Props) {
  const { field, fieldState } = useController({ name });
  const value: readonly unknown[] = Array.isArray(field.value) ? field.value : [];
  return (
    <Checkbox.Group
      label={label}
      description={description}
      // Said before the choices it explains.
      inputWrapperOrder={['label', 'description', 'input', 'error']}
      error={fieldState.error?.message}
      value={value.filter((one) => typeof one === 'string')}
      onChange={(next) => field.onChange(options.map((one) => one.value).filter((one) => next.includes(one)))}
    >
      <div className={classes.choices}>
        {options.map((option, at) => (
          <Checkbox
            key={option.value}
            {...(at === 0 ? { ref: field.ref, id: fieldId(name) } : {})}
            value={option.value}
            label={option.label}
            onBlur={field.onBlur}
          />
        ))}
      </div>
    </Checkbox.Group>
  );
}
