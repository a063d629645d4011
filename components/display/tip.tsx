'use client';

import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import classes from './tip.module.css';

interface Props {
  /** What the tip says; line breaks are kept. */
  content: ReactNode;
  children: (wiring: { 'aria-describedby': string | undefined }) => ReactNode;
}

const gap = 6;

/**
 * A hint on hover and focus. It lies in the browser's top layer, so no table or dialog cuts it off; Escape hides it and
 * the pointer may move onto it. Drawn only while shown.
 */
export function Tip({ content, children }: Props) {
  const id = useId();
  const anchor = useRef<HTMLSpanElement>(null);
  const tip = useRef<HTMLSpanElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [open, setOpen] = useState(false);

  const later = (next: boolean, delayMs: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(next), delayMs);
  };
  useEffect(() => () => clearTimeout(timer.current), []);

  useEffect(() => {
    const box = tip.current;
    const around = anchor.current?.getBoundingClientRect();
    if (!open || box === null || around === undefined) return;
    box.showPopover();
    const size = box.getBoundingClientRect();
    const above = around.top - size.height - gap;
    box.style.top = `${above >= 4 ? above : around.bottom + gap}px`;
    box.style.left = `${Math.max(8, Math.min(around.left, window.innerWidth - size.width - 8))}px`;
    const hide = () => setOpen(false);
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') hide();
    };
    window.addEventListener('scroll', hide, { capture: true, passive: true });
    document.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('scroll', hide, { capture: true });
      document.removeEventListener('keydown', onKey);
    };
  }, [open]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the control inside has the focus; this only listens to it.
    <span
      ref={anchor}
      data-tip
      onMouseEnter={() => later(true, 250)}
      onMouseLeave={() => later(false, 120)}
      onFocus={(event) => {
        if (event.target.matches(':focus-visible')) later(true, 0);
      }}
      onBlur={() => later(false, 0)}
    >
      {children({ 'aria-describedby': open ? id : undefined })}
      {open && (
        <span ref={tip} id={id} role="tooltip" popover="manual" className={classes.tip}>
          {content}
        </span>
      )}
    </span>
  );
}
