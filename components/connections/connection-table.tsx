import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { ConnectionRow } from '@/lib/connections/connection-view';
import { Name } from '../attempts/name';
import { Moment } from '../display/moment';
import { DataTable } from '../table/data-table';
import { ConnectionState, SandboxBadge } from './connection-state';
import classes from './connections.module.css';

interface Props {
  rows: readonly ConnectionRow[];
  timeZone: string;
  empty: ReactNode;
}

/** Connections, one row each. What only the owner's side may see shows as a dash. */
export function ConnectionTable({ rows, timeZone, empty }: Props) {
  const t = useTranslations('connections');
  const hidden = (
    <span className={classes.quiet} title={t('list.hiddenHint')}>
      {t('list.hidden')}
    </span>
  );
  const moment = (at: string) => <Moment at={at} timeZone={timeZone} focusable={false} />;
  const tested = ({ settingsVisible, testedAt }: ConnectionRow) => {
    if (!settingsVisible) return hidden;
    return testedAt === null ? <span className={classes.quiet}>{t('list.never')}</span> : moment(testedAt);
  };
  const rate = ({ settingsVisible, requestsPerSecond }: ConnectionRow) =>
    settingsVisible ? (requestsPerSecond ?? <span className={classes.quiet}>{t('facts.unlimited')}</span>) : hidden;
  return (
    <DataTable
      caption={t('list.caption')}
      columns={[
        { key: 'name', header: t('list.name'), width: '26%' },
        { key: 'vendor', header: t('list.vendor') },
        { key: 'owner', header: t('list.owner') },
        { key: 'state', header: t('list.state') },
        { key: 'sharing', header: t('list.sharing'), hideBelow: 'md' },
        { key: 'tested', header: t('list.tested'), nowrap: true },
        { key: 'rate', header: t('list.rate'), align: 'right', hideBelow: 'lg' },
      ]}
      rows={rows.map((row) => ({
        id: row.connectionId,
        href: `/connections/${row.connectionId}`,
        marked: row.state === 'broken' ? 'refused' : null,
        cells: {
          name: <Name text={row.name} />,
          vendor: (
            <span className={classes.inline}>
              {t(`vendors.${row.vendor}`)}
              {row.sandbox && <SandboxBadge />}
            </span>
          ),
          owner: <Name text={row.ownerName} />,
          state: (
            <span className={classes.inline}>
              <ConnectionState state={row.state} />
              {row.since !== null && <span className={classes.quiet}>{moment(row.since)}</span>}
            </span>
          ),
          sharing: t(row.shared ? 'sharing.shared' : 'sharing.own'),
          tested: tested(row),
          rate: rate(row),
        },
      }))}
      empty={empty}
    />
  );
}
