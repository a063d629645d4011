import { IconChevronRight } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Link } from './link';
import classes from './page-header.module.css';

export interface Breadcrumb {
  readonly label: string;
  readonly href?: string;
}

interface Props {
  title: string;
  /** From the actor's own partner (or the list) down to the parent of this page; the title itself is not repeated. */
  breadcrumbs?: readonly Breadcrumb[];
  description?: ReactNode;
  /** Beside the title: badges, an id, a time. */
  meta?: ReactNode;
  /** The page's one primary action, and what goes with it. */
  action?: ReactNode;
}

/** Head of every page: where we are, what it is, what one does here. */
export function PageHeader({ title, breadcrumbs = [], description, meta, action }: Props) {
  const t = useTranslations('display');
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        {breadcrumbs.length > 0 && (
          <nav aria-label={t('breadcrumbs')} className={classes.crumbs}>
            <ol>
              {breadcrumbs.map(({ label, href }) => (
                <li key={`${href ?? ''} ${label}`}>
                  {href === undefined ? (
                    <bdi title={label.length > 20 ? label : undefined}>{label}</bdi>
                  ) : (
                    <Link href={href} title={label.length > 20 ? label : undefined}>
                      <bdi>{label}</bdi>
                    </Link>
                  )}
                  <IconChevronRight size={14} aria-hidden />
                </li>
              ))}
            </ol>
          </nav>
        )}
        <div className={classes.title}>
          <h1 tabIndex={-1}>
            <bdi>{title}</bdi>
          </h1>
          {meta !== undefined && <div className={classes.meta}>{meta}</div>}
        </div>
        {description !== undefined && <div className={classes.description}>{description}</div>}
      </div>
      {action !== undefined && <div className={classes.action}>{action}</div>}
    </header>
  );
}
