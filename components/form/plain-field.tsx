import { type ComponentPropsWithRef, type ReactNode, useId } from 'react';
import classes from './plain-field.module.css';

export interface PlainFieldProps extends Omit<ComponentPropsWithRef<'input'>, 'className'> {
  readonly label: string;
  readonly description?: ReactNode;
  readonly error?: string | undefined;
  /** A button inside the box, at its end. */
  readonly inside?: ReactNode;
}

/**
 * A field without a form library, for pages whose script must stay small (sign-in) and for single boxes. It looks like
 * the others.
 */
export function PlainField({ label, description, error, inside, id, required, ...rest }: PlainFieldProps) {
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
      <span className={classes.control}>
        <input
          {...rest}
          id={control}
          className={`${classes.input} ${inside === undefined ? '' : classes.withButton}`}
          aria-required={required}
          aria-invalid={error !== undefined}
          aria-describedby={described === '' ? undefined : described}
        />
        {inside}
      </span>
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
