'use client';

import { IconFilterPlus } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useId, useRef, useState } from 'react';
import { Button } from '../display/button';
import classes from './filter-bar.module.css';
import type { FilterDefinition } from './filter-definition';
import { FilterEditor } from './filter-editor';

interface Props {
  filters: readonly FilterDefinition[];
  parameters: URLSearchParams;
  onChange: (changes: Readonly<Record<string, readonly string[]>>) => void;
}

/** "Add filter": first which one, then its values. The panel is the browser's own popover: Escape and a click beside it close it. */
export function AddFilter({ filters, parameters, onChange }: Props) {
  const t = useTranslations('display.filter');
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [chosenKey, setChosenKey] = useState<string | null>(null);
  const chosen = filters.find((filter) => filter.key === chosenKey);

  function place() {
    const around = button.current?.getBoundingClientRect();
    if (panel.current === null || around === undefined) return;
    panel.current.style.top = `${around.bottom + 6}px`;
    panel.current.style.left = `${Math.max(8, Math.min(around.left, window.innerWidth - 308))}px`;
  }

  return (
    <>
      <Button
        ref={button}
        icon={<IconFilterPlus size={16} aria-hidden />}
        aria-expanded={open}
        aria-controls={id}
        popoverTarget={id}
        onClick={place}
      >
        {t('add')}
      </Button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        className={classes.panel}
        onToggle={(event) => {
          setOpen(event.newState === 'open');
          if (event.newState === 'closed') setChosenKey(null);
        }}
      >
        {open && chosen === undefined && (
          <ul className={classes.choices}>
            {filters.map((filter, index) => (
              <li key={filter.key}>
                {/* biome-ignore lint/a11y/noAutofocus: the panel opened at a person's click, to choose here. */}
                <button type="button" autoFocus={index === 0} onClick={() => setChosenKey(filter.key)}>
                  {filter.label}
                </button>
              </li>
            ))}
          </ul>
        )}
        {open && chosen !== undefined && (
          <FilterEditor
            key={chosen.key}
            filter={chosen}
            parameters={parameters}
            onBack={() => setChosenKey(null)}
            onApply={(changes) => {
              onChange(changes);
              panel.current?.hidePopover();
            }}
          />
        )}
      </div>
    </>
  );
}
