'use client';

import { IconHelpCircle, IconSearch } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { Keys } from './keys';
import classes from './shell.module.css';
import { useTools } from './tools';

/** Looks like the box it opens. */
export function SearchButton() {
  const t = useTranslations('shell.search');
  const open = useTools();
  return (
    <button type="button" className={classes.search} aria-haspopup="dialog" onClick={() => open('palette')}>
      <IconSearch size={16} aria-hidden />
      <span className={classes.searchWord}>{t('button')}</span>
      <Keys command="K" />
    </button>
  );
}

/** Opens the list of shortcuts and words. */
export function HelpButton() {
  const t = useTranslations('shell.help');
  const open = useTools();
  return (
    <button type="button" className={classes.tool} aria-haspopup="dialog" onClick={() => open('help')}>
      <IconHelpCircle size={18} stroke={1.75} aria-hidden />
      <span>{t('button')}</span>
    </button>
  );
}
