'use client';

import { IconSelector } from '@tabler/icons-react';
import { useFormContext } from 'react-hook-form';
import { fieldId } from '@/components/form/field-id';
import type { FieldProps } from '@/components/form/field-props';
import plain from '@/components/form/plain-field.module.css';
import type { SelectOption } from '@/components/form/select-field';
import { useFieldError } from '@/components/form/use-field-error';
import classes from './section.module.css';

interface Props extends FieldProps {
  readonly options: readonly SelectOption[];
}

/**
 * One of several, by the browser's own select: type-ahead, the phone's own picker, and no script. The form of a new
 * customer is on a budget; SelectField brings thirty kilobytes. The value is a string, empty when nothing is chosen.
 */
export function NativeSelectField({
  name,
  label,
  options,
  description,
  required = false,
  disabled,
  placeholder,
}: Props) {
  const { register } = useFormContext();
  const error = useFieldError(name);
  const id = fieldId(name);
  const described = [
    ...(description === undefined ? [] : [`${id}-help`]),
    ...(error === undefined ? [] : [`${id}-error`]),
  ];
  return (
    <div className={plain.field}>
      <label htmlFor={id} className={plain.label}>
        {label}
        {required && (
          <span aria-hidden className={plain.required}>
            {' *'}
          </span>
        )}
      </label>
      <span className={plain.control}>
        <select
          {...register(name)}
          id={id}
          disabled={disabled}
          className={`${plain.input} ${classes.select}`}
          aria-required={required}
          aria-invalid={error !== undefined}
          aria-describedby={described.length === 0 ? undefined : described.join(' ')}
        >
          {/* Without an empty choice the browser would show the first as if somebody had chosen it. */}
          <option value="" disabled={required}>
            {placeholder ?? ''}
          </option>
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
        <IconSelector size={16} aria-hidden className={classes.selectIcon} />
      </span>
      {error !== undefined && (
        <p id={`${id}-error`} className={plain.error}>
          {error}
        </p>
      )}
      {description !== undefined && (
        <p id={`${id}-help`} className={plain.description}>
          {description}
        </p>
      )}
    </div>
  );
}
