import { type ComponentPropsWithRef, type ReactNode, useId } from 'react';
import classes from './plain-field.module.css';

interface Props extends Omit<ComponentPropsWithRef<'textarea'>, 'className'> {
  readonly label: string;
  readonly description?: ReactNode;
  readonly error?: string | undefined;
}

/** Several lines without a form library. */
export function PlainTextarea({ label, description, error, id, required, ...rest }: Props) {
  const made = useId();
  const control = id ?? made;
  const described = [
    ...(description === undefined ? [] : [`${control}-description`]),
    ...(error === undefined ? [] : [`${control}-error`]),
  ].join(' ');
  return (
    <div className={classes.field}>
      <label htmlFor={control} className={classes.label}>
        {label}
        {required && (
          <span aria-hidden className={classes.required}>
            {' *'}
          </span>
        )}
      </label>
      <textarea
        {...rest}
        id={control}
        required={required}
        className={classes.input}
        aria-invalid={error !== undefined}
        aria-describedby={described === '' ? undefined : described}
      />
      {error !== undefined && (
        <p id={`${control}-error`} className={classes.error}>
          {error}
        </p>
      )}
      {description !== undefined && (
        <p id={`${control}-description`} className={classes.description}>
          {description}
        </p>
      )}
    </div>
  );
}
