import type { ReactNode } from 'react';
import classes from './auth-frame.module.css';
import { Brand } from './brand';
import { SandboxStrip } from './sandbox-strip';

interface Props {
  brand: string;
  tagline: string;
  sandbox: boolean;
  children: ReactNode;
}

/** One quiet column: the mark, a panel, a sentence. */
export function AuthFrame({ brand, tagline, sandbox, children }: Props) {
  return (
    <>
      {sandbox && <SandboxStrip />}
      <div className={classes.frame}>
        <header className={classes.brand}>
          <Brand name={brand} />
        </header>
        <main className={classes.panel}>{children}</main>
        <footer className={classes.tagline}>{tagline}</footer>
      </div>
    </>
  );
}
