import { IconBan, IconBuilding, IconBuildingWarehouse, IconCloud } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { PartnerRecord } from '@/lib/partners/get-partner';
import type { PartnerKind } from '@/lib/partners/partner-node';
import { Badge } from '../display/badge';
import { CopyableId } from '../display/copyable-id';
import { KeyValueList } from '../display/key-value-list';
import { Link } from '../display/link';
import { Moment } from '../display/moment';
import { Notice } from '../display/notice';
import { Section } from '../display/section';
import { PartnerMappings } from './partner-mappings';
import classes from './partners.module.css';

const icons = {
  host: IconBuildingWarehouse,
  csp: IconCloud,
  reseller: IconBuilding,
} as const satisfies Readonly<Record<PartnerKind, unknown>>;

interface Props {
  partner: PartnerRecord;
  /** The actor's IANA zone. */
  timeZone: string;
  /** What may be done with it: buttons. */
  acts: ReactNode;
}

/** The chosen partner: where it stands, what it is, what belongs to it and everything below. */
export function PartnerPane({ partner, timeZone, acts }: Props) {
  const t = useTranslations('partners');
  const { name, kind, path, disabledAt, disabledAbove } = partner;
  const Icon = icons[kind];
  return (
    <>
      <div className={classes.head}>
        <div>
          {path.length > 1 && (
            <nav aria-label={t('pane.path')}>
              <ol className={classes.crumbs}>
                {path.slice(0, -1).map((above) => (
                  <li key={above.partnerId}>
                    <Link href={`/partners?partner=${above.partnerId}`} scroll={false}>
                      {above.name}
                    </Link>{' '}
                    <span aria-hidden>›</span>
                  </li>
                ))}
              </ol>
            </nav>
          )}
          <div className={classes.titled}>
            <h2>{name}</h2>
            <Badge tone="grey" icon={<Icon size={14} aria-hidden />}>
              {t(`kind.${kind}`)}
            </Badge>
            {disabledAt !== null && (
              <Badge tone="red" icon={<IconBan size={14} aria-hidden />}>
                {t('disabled')}
              </Badge>
            )}
          </div>
        </div>
        {acts}
      </div>
      {disabledAt !== null && (
        <div className={classes.notice}>
          <Notice kind="warning" title={t('pane.disabledTitle', { name })}>
            {t('pane.disabledText')}
          </Notice>
        </div>
      )}
      {disabledAbove !== null && (
        <div className={classes.notice}>
          <Notice kind="warning" title={t('pane.aboveTitle')}>
            {t('pane.aboveText', { name: disabledAbove })}
          </Notice>
        </div>
      )}
      <Branch partner={partner} timeZone={timeZone} />
      <Facts partner={partner} timeZone={timeZone} />
      <PartnerMappings partner={partner} />
    </>
  );
}

function Branch({ partner, timeZone }: Omit<Props, 'acts'>) {
  const t = useTranslations('partners.pane');
  const action = useTranslations('audit.action');
  const { partnerId, figures, lastActivity, may } = partner;
  const users = t('showUsers', { count: figures.users });
  const activity =
    lastActivity === null
      ? t('noActivity')
      : t.rich('activity', {
          what: action(lastActivity.action),
          by: lastActivity.by,
          at: () => <Moment at={lastActivity.at} timeZone={timeZone} />,
        });
  return (
    <Section title={t('branch')} action={<Link href={`/audit?partner=${partnerId}`}>{t('audit')}</Link>} framed>
      <KeyValueList
        items={[
          { label: t('below'), value: t('countBelow', { count: figures.below }) },
          {
            label: t('customers'),
            value: (
              <Link href={`/customers?partner=${partnerId}`}>{t('showCustomers', { count: figures.customers })}</Link>
            ),
          },
          {
            label: t('users'),
            value: may.manageUsers ? <Link href={`/users?partner=${partnerId}`}>{users}</Link> : users,
          },
          {
            label: t('connections'),
            value: (
              <Link href={`/connections?partner=${partnerId}`}>
                {t('showConnections', { count: figures.connections })}
              </Link>
            ),
          },
          { label: t('lastActivity'), value: activity },
        ]}
      />
    </Section>
  );
}

function Facts({ partner, timeZone }: Omit<Props, 'acts'>) {
  const t = useTranslations('partners');
  const { path, partnerId, kind, key, createdAt, disabledAt } = partner;
  const parent = path.at(-2)?.name ?? t('pane.top');
  return (
    <Section title={t('pane.facts')} framed>
      <KeyValueList
        items={[
          { label: t('pane.kind'), value: t(`kind.${kind}`) },
          { label: t('pane.parent'), value: parent },
          { label: t('pane.key'), value: <CopyableId id={key} label={t('pane.key')} shorten={false} /> },
          { label: t('pane.created'), value: <Moment at={createdAt} timeZone={timeZone} /> },
          ...(disabledAt === null
            ? []
            : [{ label: t('pane.disabledAt'), value: <Moment at={disabledAt} timeZone={timeZone} /> }]),
          { label: t('pane.id'), value: <CopyableId id={partnerId} label={t('pane.id')} /> },
        ]}
      />
    </Section>
  );
}
