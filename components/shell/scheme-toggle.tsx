'use client';

import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import classes from './shell.module.css';

/** Light or dark; until chosen, as the system says. Which of the two words shows is the style sheet's: no flicker. */
export function SchemeToggle() {
  const t = useTranslations('shell.scheme');
  const { setColorScheme } = useMantineColorScheme();
  const computed = useComputedColorScheme('light', { getInitialValueInEffect: true });
  return (
    <button
      type="button"
      className={classes.tool}
      onClick={() => setColorScheme(computed === 'dark' ? 'light' : 'dark')}
    >
      <span className={classes.inLight}>
        <IconMoon size={18} stroke={1.75} aria-hidden />
        <span aria-hidden>{t('toDark')}</span>
        <span className="visually-hidden">{t('toDarkLabel')}</span>
      </span>
      <span className={classes.inDark}>
        <IconSun size={18} stroke={1.75} aria-hidden />
        <span aria-hidden>{t('toLight')}</span>
        <span className="visually-hidden">{t('toLightLabel')}</span>
      </span>
    </button>
  );
}
