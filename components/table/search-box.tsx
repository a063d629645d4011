'use client';

import { IconSearch, IconX } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import classes from './filter-bar.module.css';

interface Props {
  /** What the URL says now. */
  value: string;
  /** The list is on its way to what this box (or a filter) asked for: the URL lags behind what is typed. */
  updating: boolean;
  label: string;
  placeholder?: string | undefined;
  /** `again`: the same visit to the box changed it before, so the history needs no further entry. */
  onSearch: (value: string, again: boolean) => void;
}

const pauseMs = 300;

/** A text box that searches when typing pauses, or at once with Enter. */
export function SearchBox({ value, updating, label, placeholder, onSearch }: Props) {
  const t = useTranslations('display.filter');
  const [text, setText] = useState(value);
  const sent = useRef(value);
  const again = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    // The back button, or "clear all": the URL moved without this box.
    if (updating || value === sent.current) return;
    sent.current = value;
    setText(value);
  }, [value, updating]);

  function send(next: string) {
    clearTimeout(timer.current);
    const trimmed = next.trim();
    if (trimmed === sent.current) return;
    sent.current = trimmed;
    onSearch(trimmed, again.current);
    again.current = true;
  }

  return (
    <div className={classes.search}>
      <IconSearch size={16} aria-hidden />
      <input
        ref={box}
        type="search"
        value={text}
        aria-label={label}
        placeholder={placeholder ?? label}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          const next = event.currentTarget.value;
          setText(next);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => send(next), pauseMs);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') send(event.currentTarget.value);
        }}
        onBlur={(event) => {
          // Now, not after the pause: a row that was clicked meanwhile would be left again for the list.
          send(event.currentTarget.value);
          again.current = false;
        }}
      />
      {text !== '' && (
        <button
          type="button"
          aria-label={t('clearSearch')}
          onClick={() => {
            setText('');
            send('');
            box.current?.focus();
          }}
        >
          <IconX size={14} aria-hidden />
        </button>
      )}
    </div>
  );
}
