import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/display/badge';
import { ButtonLink } from '@/components/display/button-link';
import { Link } from '@/components/display/link';
import { Moment } from '@/components/display/moment';
import type { BrokenConnection } from '@/lib/overview/overview';
import classes from './overview.module.css';

/** A connection whose sign-in was refused. */
export function BrokenItem({ connection, timeZone }: { connection: BrokenConnection; timeZone: string }) {
  const t = useTranslations('overview.needing');
  const vendorName = useTranslations('onboarding.vendor');
  const href = `/connections/${connection.connectionId}`;
  return (
    <li>
      <div className={classes.badge}>
        <Badge tone="red" icon={<IconPlugConnectedX size={14} aria-hidden />}>
          {t('brokenBadge')}
        </Badge>
      </div>
      <div className={classes.what}>
        <Link href={href} className={classes.subject}>
          <bdi>{t('broken', { connection: connection.name })}</bdi>
        </Link>
        <span className={classes.why}>
          {t('brokenWhy', { vendor: vendorName(connection.vendor) })} ·{' '}
          <Moment at={connection.brokenAt} timeZone={timeZone} />
        </span>
      </div>
      <ButtonLink size="sm" href={href}>
        {t('mend')}
      </ButtonLink>
    </li>
  );
}
