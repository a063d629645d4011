'use client';

import { useTranslations } from 'next-intl';
import { type Role, roles } from '@/lib/auth/permissions';
import classes from './users.module.css';

/** One of the roles, with what each may do. */
export function RoleChoice({ role, onChange }: { role: Role; onChange: (role: Role) => void }) {
  const t = useTranslations('users');
  return (
    <fieldset className={classes.choice}>
      <legend>{t('grant.role')}</legend>
      {roles.map((one) => (
        <label key={one}>
          <input type="radio" name="role" checked={role === one} onChange={() => onChange(one)} />
          <span>
            {t(`role.${one}`)} <small>{t(`record.may.${one}`)}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
