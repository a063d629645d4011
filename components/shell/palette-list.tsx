'use client';

import {
  IconArrowRight,
  IconBuilding,
  IconListCheck,
  IconPlug,
  IconPlus,
  IconRocket,
  IconSitemap,
  IconUser,
} from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import type { NavigationEntry } from './navigation';
import classes from './palette.module.css';
import type { PaletteItem, ResultKind } from './palette-items';

const icons = {
  customer: IconBuilding,
  onboarding: IconRocket,
  attempt: IconListCheck,
  partner: IconSitemap,
  connection: IconPlug,
  user: IconUser,
} as const satisfies Readonly<Record<ResultKind, unknown>>;

function ItemIcon({ item }: { item: PaletteItem }) {
  const Icon =
    item.type === 'record' ? icons[item.result.kind] : item.type === 'new-customer' ? IconPlus : IconArrowRight;
  return <Icon size={16} stroke={1.75} aria-hidden />;
}

interface Props {
  id: string;
  items: readonly PaletteItem[];
  marked: number;
  wordOf: (key: NavigationEntry['key'] | 'newCustomer') => string;
  onMark: (index: number) => void;
  onOpen: (item: PaletteItem) => void;
}

/** The lines of the palette. The box above has the focus and names the marked line. */
export function PaletteList({ id, items, marked, wordOf, onMark, onOpen }: Props) {
  const t = useTranslations('shell.search');
  const list = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: moving the mark is what scrolls.
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [marked]);
  return (
    <div ref={list} id={id} role="listbox" aria-label={t('results')} className={classes.list}>
      {items.map((item, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the box's.
        // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the box (aria-activedescendant).
        <div
          key={item.key}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === marked}
          className={classes.item}
          onMouseMove={() => onMark(index)}
          onClick={() => onOpen(item)}
        >
          <ItemIcon item={item} />
          <span className={classes.words}>
            <span className={classes.label}>
              {item.type === 'record' && item.result.label}
              {item.type === 'page' && wordOf(item.word)}
              {item.type === 'new-customer' && wordOf('newCustomer')}
            </span>
            {item.type === 'record' && <span className={classes.detail}>{item.result.detail}</span>}
          </span>
          {item.type === 'record' && <span className={classes.kind}>{t(`kind.${item.result.kind}`)}</span>}
        </div>
      ))}
    </div>
  );
}
