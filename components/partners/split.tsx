'use client';

import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import classes from './partners.module.css';

interface Props {
  /** Names the left part. */
  label: string;
  /** Names the line between the parts. */
  resize: string;
  panel: ReactNode;
  children: ReactNode;
}

const width = { least: 220, usual: 340, most: 640, step: 20 } as const;
const within = (asked: number) => Math.max(width.least, Math.min(width.most, Math.round(asked)));

/** A panel at the left, what is chosen in it at the right, and the line between them, which moves. */
export function Split({ label, resize, panel, children }: Props) {
  const [wide, setWide] = useState<number>(width.usual);
  const left = useRef<HTMLElement>(null);

  function onKeyDown({ key }: KeyboardEvent) {
    if (key === 'ArrowLeft') setWide((now) => within(now - width.step));
    if (key === 'ArrowRight') setWide((now) => within(now + width.step));
  }

  function onPointerMove(event: PointerEvent) {
    const edge = left.current?.getBoundingClientRect().left;
    if (edge !== undefined && event.currentTarget.hasPointerCapture(event.pointerId))
      setWide(within(event.clientX - edge));
  }

  return (
    <div className={classes.split}>
      <section ref={left} aria-label={label} className={classes.panel} style={{ flexBasis: wide }}>
        {panel}
      </section>
      {/* biome-ignore lint/a11y/useSemanticElements: a line that moves is no <hr>. */}
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label={resize}
        aria-valuenow={wide}
        aria-valuemin={width.least}
        aria-valuemax={width.most}
        tabIndex={0}
        className={classes.divider}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={onPointerMove}
      />
      <div className={classes.pane}>{children}</div>
    </div>
  );
}
