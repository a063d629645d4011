'use client';

import { IconSelector } from '@tabler/icons-react';
import type { ComponentProps } from 'react';
import { fieldId } from '@/components/form/field-id';
import { PlainField } from '@/components/form/plain-field';
import { useFieldError } from '@/components/form/use-field-error';
import classes from './section.module.css';

interface Props extends Pick<ComponentProps<typeof PlainField>, 'label' | 'description' | 'required' | 'placeholder'> {
  readonly name: string;
  readonly box: Pick<ComponentProps<'input'>, 'value' | 'onChange' | 'onPointerDown' | 'onFocus'>;
}

/** The box of a picker that is not there yet: looks and reads like it. */
export function ClosedPicker({ name, box, ...rest }: Props) {
  return (
    <PlainField
      {...rest}
      {...box}
      id={fieldId(name)}
      error={useFieldError(name)}
      role="combobox"
      aria-expanded={false}
      aria-haspopup="listbox"
      autoComplete="off"
      inside={<IconSelector size={16} aria-hidden className={classes.selectIcon} />}
    />
  );
}
