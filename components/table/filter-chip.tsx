'use client';

import { IconX } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import classes from './filter-bar.module.css';

interface Props {
  label: string;
  value: string;
  onRemove: () => void;
}

/** A filter that is on: what it says, and a button that takes it off. */
export function FilterChip({ label, value, onRemove }: Props) {
  const t = useTranslations('display.filter');
  return (
    <li className={classes.chip}>
      <span className={classes.chipText} title={value}>
        {label}: <strong>{value}</strong>
      </span>
      <button type="button" aria-label={t('remove', { label: t('chip', { label, value }) })} onClick={onRemove}>
        <IconX size={14} aria-hidden />
      </button>
    </li>
  );
}
