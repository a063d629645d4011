'use client';

import { IconSearch } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { announce } from '../display/announce';
import { LiveRegion } from '../display/live-region';
import { leavePage } from '../leaving/unsaved';
import keyClasses from './keys.module.css';
import type { NavigationEntry } from './navigation';
import classes from './palette.module.css';
import { itemsFor, type PaletteItem } from './palette-items';
import { PaletteList } from './palette-list';
import { useSearch } from './use-search';

interface Props {
  entries: readonly NavigationEntry[];
  mayOnboard: boolean;
  onClose: () => void;
}

/** Search and jump. The box keeps the focus; arrows move the mark, Enter opens, Escape closes. Loaded when opened. */
export function Palette({ entries, mayOnboard, onClose }: Props) {
  const t = useTranslations('shell');
  const router = useRouter();
  const listId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState('');
  const [mark, setMark] = useState(0);
  const query = text.trim();
  const search = useSearch(query);
  const wordOf = (key: NavigationEntry['key'] | 'newCustomer') =>
    key === 'newCustomer' ? t('search.newCustomer') : t(`navigation.${key}`);
  const items = itemsFor({ query, entries, mayOnboard, results: search.results, wordOf });
  const marked = Math.min(mark, items.length - 1);

  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  useEffect(() => {
    if (search.step === 'done') announce(t('search.count', { count: search.results.length }));
  }, [search, t]);

  function open(item: PaletteItem | undefined) {
    if (item === undefined) return;
    onClose();
    leavePage(() => router.push(item.href));
  }

  function onKeyDown(event: KeyboardEvent) {
    const last = items.length - 1;
    if (event.key === 'ArrowDown') setMark(marked >= last ? 0 : marked + 1);
    else if (event.key === 'ArrowUp') setMark(marked <= 0 ? last : marked - 1);
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) open(items[marked]);
    else return;
    event.preventDefault();
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the click beside it is the mouse's way; the keyboard has Escape.
    <dialog
      ref={dialog}
      aria-label={t('search.title')}
      className={classes.palette}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className={classes.box}>
        <IconSearch size={18} aria-hidden />
        <input
          autoFocus
          role="combobox"
          aria-label={t('search.title')}
          aria-expanded={items.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={items.length > 0 ? `${listId}-${marked}` : undefined}
          placeholder={t('search.placeholder')}
          value={text}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setMark(0);
          }}
          onKeyDown={onKeyDown}
        />
        {search.step === 'searching' && <span className={classes.searching}>{t('search.searching')}</span>}
      </div>
      <PaletteList id={listId} items={items} marked={marked} wordOf={wordOf} onMark={setMark} onOpen={open} />
      {search.step === 'done' && search.results.length === 0 && (
        <p className={classes.nothing}>{t('search.nothing', { query: search.query })}</p>
      )}
      {search.step === 'failed' && <p className={classes.nothing}>{t('search.failed')}</p>}
      {search.step === 'signed-out' && <p className={classes.nothing}>{t('search.signedOut')}</p>}
      <div className={classes.foot} aria-hidden>
        <span>
          <kbd className={keyClasses.key}>↑</kbd> <kbd className={keyClasses.key}>↓</kbd> {t('search.move')}
        </span>
        <span>
          <kbd className={keyClasses.key}>Enter</kbd> {t('search.open')}
        </span>
        <span>
          <kbd className={keyClasses.key}>Esc</kbd> {t('search.close')}
        </span>
      </div>
      <LiveRegion />
    </dialog>
  );
}
