import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Role } from '@/lib/auth/permissions';
import { Name } from '../attempts/name';
import { Moment } from '../display/moment';
import { DataTable } from '../table/data-table';
import { UserState } from './user-state';
import classes from './users.module.css';

interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly partnerName: string;
  readonly grants: readonly { readonly role: Role; readonly partnerId: string; readonly partnerName: string }[];
  readonly lastSignInAt: string | null;
  readonly disabled: boolean;
}

/** Users of a branch, one row each. */
export function UserTable({ users, timeZone, empty }: { users: readonly User[]; timeZone: string; empty: ReactNode }) {
  const t = useTranslations('users');
  const rolesOf = ({ grants, partnerName }: User) =>
    grants.length === 0 ? (
      <span className={classes.quiet}>{t('list.none')}</span>
    ) : (
      <ul>
        {grants.map((grant) => (
          <li key={`${grant.role} ${grant.partnerId}`}>
            {grant.partnerName === partnerName
              ? t(`role.${grant.role}`)
              : t('roleAt', { role: t(`role.${grant.role}`), partner: grant.partnerName })}
          </li>
        ))}
      </ul>
    );
  return (
    <DataTable
      caption={t('list.caption')}
      columns={[
        { key: 'name', header: t('list.name'), width: '24%' },
        { key: 'email', header: t('list.email'), width: '24%' },
        { key: 'partner', header: t('list.partner') },
        { key: 'roles', header: t('list.roles') },
        { key: 'lastSignIn', header: t('list.lastSignIn'), nowrap: true },
        { key: 'state', header: t('list.state'), nowrap: true },
      ]}
      rows={users.map((user) => ({
        id: user.id,
        href: `/users/${user.id}`,
        cells: {
          name: <Name text={user.name} />,
          email: <Name text={user.email} />,
          partner: <Name text={user.partnerName} />,
          roles: rolesOf(user),
          lastSignIn:
            user.lastSignInAt === null ? (
              <span className={classes.quiet}>{t('record.never')}</span>
            ) : (
              <Moment at={user.lastSignInAt} timeZone={timeZone} focusable={false} />
            ),
          state: <UserState disabled={user.disabled} />,
        },
      }))}
      empty={empty}
    />
  );
}
