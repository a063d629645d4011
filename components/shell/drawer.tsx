'use client';

import { IconMenu2, IconX } from '@tabler/icons-react';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef } from 'react';
import classes from './shell.module.css';

/** The navigation of a narrow screen: a button, and a dialog at the left that holds it. */
export function Drawer({ children }: { children: ReactNode }) {
  const t = useTranslations('shell.navigation');
  const pathname = usePathname();
  const drawer = useRef<HTMLDialogElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: arriving somewhere is what closes it.
  useEffect(() => drawer.current?.close(), [pathname]);

  return (
    <>
      <button type="button" className={classes.burger} onClick={() => drawer.current?.showModal()}>
        <IconMenu2 size={20} aria-hidden />
        <span className="visually-hidden">{t('open')}</span>
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the click beside it is the mouse's way; the keyboard has Escape. */}
      <dialog
        ref={drawer}
        aria-label={t('label')}
        className={classes.drawer}
        onClick={(event) => {
          const { target } = event;
          // A click beside the panel, or on the link of the page one is on already.
          if (target === drawer.current || (target instanceof Element && target.closest('a') !== null)) {
            drawer.current?.close();
          }
        }}
      >
        <div className={classes.drawerPanel}>
          <button type="button" className={classes.drawerClose} onClick={() => drawer.current?.close()}>
            <IconX size={18} aria-hidden />
            <span>{t('close')}</span>
          </button>
          {children}
        </div>
      </dialog>
    </>
  );
}
