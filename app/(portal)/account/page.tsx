import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import classes from '@/components/account/account.module.css';
import { PasswordForm } from '@/components/account/password-form';
import { SessionList } from '@/components/account/session-list';
import { SignOutButton } from '@/components/account/sign-out-button';
import { TimeZoneForm } from '@/components/account/time-zone-form';
import { KeyValueList } from '@/components/display/key-value-list';
import { Messages } from '@/components/display/messages';
import { PageHeader } from '@/components/display/page-header';
import { Section } from '@/components/display/section';
import { listOwnSessions } from '@/lib/account/list-own-sessions';
import { listTimeZones } from '@/lib/account/time-zones';
import { passwordMinimum } from '@/lib/auth/password-length';
import { actorPage } from '@/lib/pages/actor-page';
import { changePasswordAction, revokeSessionAction, setTimeZoneAction, signOutAction } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account');
  return { title: t('title') };
}

export default actorPage(
  '/account',
  ({ actor }) => listOwnSessions(actor),
  async (sessions, { actor }) => {
    const t = await getTranslations('account');
    const roles = (
      <ul className={classes.roles}>
        {actor.grants.map(({ role, partnerId, partnerName }) => (
          <li key={`${role} ${partnerId}`}>{t('you.roleAt', { role: t(`role.${role}`), partner: partnerName })}</li>
        ))}
      </ul>
    );
    return (
      <Messages only={['account']}>
        <PageHeader title={t('title')} action={<SignOutButton act={signOutAction} />} />
        <Section title={t('you.title')} description={t('you.help')} framed>
          <KeyValueList
            items={[
              { label: t('you.name'), value: actor.name },
              { label: t('you.email'), value: actor.email },
              { label: t('you.partner'), value: actor.partnerName },
              { label: t('you.roles'), value: roles },
            ]}
          />
        </Section>
        <Section title={t('sessions.title')} description={t('sessions.description')}>
          <SessionList sessions={sessions} timeZone={actor.timeZone} act={revokeSessionAction} />
        </Section>
        <Section
          title={t('password.title')}
          description={t('password.description', { minimum: passwordMinimum })}
          framed
        >
          <PasswordForm act={changePasswordAction} />
        </Section>
        <Section title={t('zone.title')} description={t('zone.description')} framed>
          <TimeZoneForm timeZone={actor.timeZone} zones={listTimeZones()} act={setTimeZoneAction} />
        </Section>
      </Messages>
    );
  },
);
