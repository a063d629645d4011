import type { ReactNode } from 'react';
import classes from './message-page.module.css';

interface Props {
  title: string;
  text: string;
  /** Something to quote, such as the reference of an error. */
  reference?: ReactNode;
  action?: ReactNode;
}

/** A page that has only one thing to say. */
export function MessagePage({ title, text, reference, action }: Props) {
  return (
    <div className={classes.page}>
      <h1>{title}</h1>
      <p>{text}</p>
      {reference !== undefined && <div className={classes.reference}>{reference}</div>}
      {action !== undefined && <div className={classes.action}>{action}</div>}
    </div>
  );
}
