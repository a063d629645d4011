import { type ReactNode, useId } from 'react';
import classes from './form-section.module.css';

interface Props {
  title: string;
  description?: ReactNode;
  /** Anchor: steps of a form are places in it. */
  id?: string;
  /** Fields, two in a line where there is room; `<div data-wide>` takes the whole line. */
  children: ReactNode;
}

/** A titled group of fields. */
export function FormSection({ title, description, id, children }: Props) {
  const heading = useId();
  return (
    <section aria-labelledby={heading} id={id} className={classes.section}>
      <div className={classes.head}>
        <h2 id={heading} tabIndex={-1}>
          {title}
        </h2>
        {description !== undefined && <p>{description}</p>}
      </div>
      <div className={classes.fields}>{children}</div>
    </section>
  );
}
