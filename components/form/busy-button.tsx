'use client';

import { IconLoader2 } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { type ComponentPropsWithRef, type MouseEvent, type ReactNode, useEffect } from 'react';
import { announce } from '../display/announce';
import badge from '../display/badge.module.css';
import { Button } from '../display/button';
import type { ButtonLook, ButtonSize } from '../display/button-style';

interface Props extends Omit<ComponentPropsWithRef<'button'>, 'className'> {
  busy: boolean;
  /** What is happening, in words: "Saving the connection…". */
  working?: string | undefined;
  look?: ButtonLook;
  size?: ButtonSize;
  icon?: ReactNode;
}

/**
 * A button that says what it is doing and ignores further clicks meanwhile. It stays focusable: a disabled button
 * would drop the keyboard's place.
 */
export function BusyButton({ busy, working, icon, children, onClick, ...rest }: Props) {
  const t = useTranslations('display.form');
  const words = working ?? t('working');
  useEffect(() => {
    if (busy) announce(words);
  }, [busy, words]);

  function click(event: MouseEvent<HTMLButtonElement>) {
    if (busy) event.preventDefault();
    else onClick?.(event);
  }
  return (
    <Button
      {...rest}
      aria-disabled={busy || undefined}
      onClick={click}
      icon={busy ? <IconLoader2 size={16} aria-hidden className={badge.moving} /> : icon}
    >
      {busy ? words : children}
    </Button>
  );
}
