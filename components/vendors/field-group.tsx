import type { ReactNode } from 'react';
import classes from './section.module.css';

interface Props {
  title: string;
  description?: ReactNode;
  /** Fields, two in a line where there is room; `<div data-wide>` takes the whole line. */
  children: ReactNode;
}

/** A titled group of fields within a part of a form. */
export function FieldGroup({ title, description, children }: Props) {
  return (
    <fieldset className={classes.plainGroup}>
      <legend>{title}</legend>
      {description !== undefined && <p className={classes.hint}>{description}</p>}
      <div className={classes.fields}>{children}</div>
    </fieldset>
  );
}
