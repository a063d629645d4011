import type { ReactNode } from 'react';
import classes from './form-footer.module.css';

/** End of a form: at the right the buttons, the primary one last; before them, if anything, a sentence. */
export function FormFooter({ children }: { children: ReactNode }) {
  return <div className={classes.footer}>{children}</div>;
}
