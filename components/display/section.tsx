import { type ReactNode, useId } from 'react';
import classes from './section.module.css';

interface Props {
  title: string;
  description?: ReactNode;
  /** Beside the title, right. */
  action?: ReactNode;
  id?: string;
  /** Draws a frame around the content: for facts and forms; tables bring their own. */
  framed?: boolean;
  children: ReactNode;
}

/** A titled part of a record page. */
export function Section({ title, description, action, id, framed = false, children }: Props) {
  const heading = useId();
  return (
    <section aria-labelledby={heading} id={id} className={classes.section}>
      <div className={classes.head}>
        <div>
          <h2 id={heading}>{title}</h2>
          {description !== undefined && <div className={classes.description}>{description}</div>}
        </div>
        {action}
      </div>
      {framed ? <div className={classes.panel}>{children}</div> : children}
    </section>
  );
}
