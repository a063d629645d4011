import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { NavigationEntry } from './navigation';
import { NavigationIcon } from './navigation-icon';
import { NavigationLink } from './navigation-link';
import classes from './shell.module.css';

interface Props {
  entries: readonly NavigationEntry[];
  /** The count beside Attempts; it may arrive later. */
  badge: ReactNode;
  /** Above the list: the way home. */
  head?: ReactNode;
}

/** The list of places; shown at the left, and in the drawer of a narrow screen. */
export function MainNavigation({ entries, badge, head }: Props) {
  const t = useTranslations('shell.navigation');
  return (
    <nav aria-label={t('label')}>
      {head}
      <ul className={classes.links}>
        {entries.map(({ key, href }) => (
          <li key={key}>
            <NavigationLink href={href}>
              <NavigationIcon entry={key} />
              <span className={classes.word}>{t(key)}</span>
              {key === 'attempts' && badge}
            </NavigationLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
