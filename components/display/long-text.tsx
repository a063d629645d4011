'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import classes from './long-text.module.css';

/** A text of any length, cut after some lines; the rest is one click away. */
export function LongText({ text, lines = 3 }: { text: string; lines?: number }) {
  const t = useTranslations('display.longText');
  const box = useRef<HTMLDivElement>(null);
  const [cut, setCut] = useState(false);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (element === null || open) return;
    const measure = () => setCut(element.scrollHeight > element.clientHeight + 1);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [open]);
  return (
    <div>
      <div
        ref={box}
        className={`${classes.text} ${open ? '' : classes.clamped}`}
        style={open ? undefined : { WebkitLineClamp: lines }}
      >
        {text}
      </div>
      {(cut || open) && (
        <button type="button" className={classes.more} aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t('less') : t('more')}
        </button>
      )}
    </div>
  );
}
