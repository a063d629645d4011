'use client';

import { IconChevronRight } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import classes from './section.module.css';

interface Props {
  title: string;
  /** Few words behind the title: what is inside, or that nothing is. */
  hint?: ReactNode;
  /** At first; from then on it is the person's. */
  open?: boolean;
  children: ReactNode;
}

/** A part that most people never open. What is inside stays in the form, and a jump to a field in it opens it. */
export function Disclosure({ title, hint, open = false, children }: Props) {
  // A prop that changed later would close the part under somebody's hands.
  const [first] = useState(open);
  return (
    <details className={classes.disclosure} {...(first ? { open: true } : {})}>
      <summary>
        <IconChevronRight size={16} aria-hidden />
        <span>{title}</span>
        {hint !== undefined && <span className={classes.hint}>{hint}</span>}
      </summary>
      <div className={classes.inside}>{children}</div>
    </details>
  );
}
