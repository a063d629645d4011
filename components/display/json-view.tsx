'use client';

import { IconChevronRight } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId, useState } from 'react';
import { CopyButton } from './copy-button';
import classes from './json-view.module.css';

interface Props {
  /** Any JSON value; a text is shown as it is. */
  value: unknown;
  /** What it is: "request body". */
  label: string;
  /** In pixels, before it scrolls. */
  maxHeight?: number;
  /** Shown open at first. Default true. */
  open?: boolean;
}

const token = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
/** Colours are for bodies a person reads; a large one stays plain and quick. */
const colouredUpTo = 40_000;

function coloured(text: string): ReactNode {
  if (text.length > colouredUpTo) return text;
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(token)) {
    const [whole, quoted, colon] = match;
    const shown = quoted ?? whole;
    const kind = quoted === undefined ? classes.other : colon === undefined ? classes.string : classes.key;
    parts.push(text.slice(end, match.index));
    parts.push(
      <span key={match.index} className={kind}>
        {shown}
      </span>,
    );
    end = match.index + shown.length;
  }
  parts.push(text.slice(end));
  return parts;
}

/** A JSON body as text: opens and closes, copies, long lines scroll inside it. */
export function JsonView({ value, label, maxHeight = 360, open = true }: Props) {
  const t = useTranslations('display.json');
  const id = useId();
  const [shown, setShown] = useState(open);
  const plain = typeof value === 'string';
  const text = plain ? value : (JSON.stringify(value, null, 2) ?? '');
  return (
    <div className={classes.root}>
      <div className={classes.head}>
        <button
          type="button"
          className={classes.toggle}
          aria-expanded={shown}
          aria-controls={shown ? id : undefined}
          onClick={() => setShown(!shown)}
        >
          <IconChevronRight size={16} aria-hidden />
          {shown ? t('hide', { label }) : t('show', { label })}
        </button>
        <CopyButton text={text} label={label} size="sm" />
      </div>
      {shown && (
        // biome-ignore lint/a11y/useSemanticElements: a pre keeps the lines; the region makes it reachable to scroll.
        <pre
          id={id}
          className={classes.code}
          style={{ maxHeight }}
          role="region"
          aria-label={t('region', { label })}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the keyboard.
          tabIndex={0}
        >
          {plain ? text : coloured(text)}
        </pre>
      )}
    </div>
  );
}
