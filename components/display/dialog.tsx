'use client';

import { IconX } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { askBefore } from '../leaving/unsaved';
import { useUnsaved } from '../leaving/use-unsaved';
import classes from './dialog.module.css';
import { LiveRegion } from './live-region';
import { TypedText } from './typed-text';

interface Props {
  title: string;
  onClose: () => void;
  /** Neither Escape nor the cross may close it: something is on its way. */
  locked?: boolean;
  wide?: boolean;
  children: ReactNode;
}

/**
 * A modal dialog of the browser's own: it holds the focus, makes the rest inert, gives the focus back. Render it while it
 * is open. Escape, a click beside it and the cross ask first where something was typed.
 */
export function Dialog({ title, onClose, locked = false, wide = false, children }: Props) {
  const t = useTranslations('display.dialog');
  const heading = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [typedText] = useState(() => new TypedText());
  const [typed, setTyped] = useState(false);
  useUnsaved(typed);
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    return () => {
      element?.close();
      // Unmounting takes the dialog away before the browser could do this.
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  function close() {
    if (typedText.any) askBefore(onClose);
    else onClose();
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click beside it is the mouse's way; the keyboard has Escape.
    <dialog
      ref={dialog}
      aria-labelledby={heading}
      className={`${classes.dialog} ${wide ? classes.wide : ''}`}
      onCancel={(event) => {
        event.preventDefault();
        if (!locked) close();
      }}
      onFocus={(event) => typedText.enter(event.target)}
      onInput={() => setTyped(typedText.any)}
      onClick={(event) => {
        if (event.target === dialog.current && !locked) close();
      }}
    >
      <div className={classes.head}>
        <h2 id={heading} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" className={classes.close} aria-label={t('close')} disabled={locked} onClick={close}>
          <IconX size={16} aria-hidden />
        </button>
      </div>
      <div className={classes.body}>{children}</div>
      <LiveRegion />
    </dialog>
  );
}
