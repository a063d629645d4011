import { IconTestPipe } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import classes from './sandbox-strip.module.css';

/** Says that this installation practises. Striped, on every page, never closable. */
export function SandboxStrip() {
  const t = useTranslations('shell.sandbox');
  return (
    <aside data-sandbox-strip className={classes.strip} aria-label={t('label')}>
      <span>
        <IconTestPipe size={16} aria-hidden />
        {t('text')}
      </span>
    </aside>
  );
}
