import { useTranslations } from 'next-intl';
import classes from './shell.module.css';

/** How many attempts wait for a person: nothing at none, "99+" from a hundred (nobody counts further). */
export function AttentionBadge({ count }: { count: number }) {
  const t = useTranslations('shell.navigation');
  if (count === 0) return null;
  const many = count > 99;
  return (
    <span className={classes.badge}>
      <span aria-hidden>{many ? t('many') : count}</span>
      <span className="visually-hidden">{many ? t('needSomebodyMany') : t('needSomebody', { count })}</span>
    </span>
  );
}
