import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { CopyableId } from '@/components/display/copyable-id';
import { EmptyState } from '@/components/display/empty-state';
import { KeyValueList } from '@/components/display/key-value-list';
import { Messages } from '@/components/display/messages';
import { Moment } from '@/components/display/moment';
import { Notice } from '@/components/display/notice';
import { PageHeader } from '@/components/display/page-header';
import { Section } from '@/components/display/section';
import { DataTable } from '@/components/table/data-table';
import { UserActs } from '@/components/users/user-acts';
import { UserState } from '@/components/users/user-state';
import { NotFound } from '@/lib/errors';
import { actorPage } from '@/lib/pages/actor-page';
import { getUserRecord, type UserRecord } from '@/lib/users/get-user-record';
import { disableUserAction, enableUserAction, resetPasswordAction } from '../actions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('users');
  return { title: t('title') };
}

export default actorPage(
  '/users/[userId]',
  async ({ actor, params }) => {
    const userId = z.uuid().safeParse(params.userId);
    if (!userId.success) throw new NotFound();
    return getUserRecord(actor, userId.data);
  },
  async (user, { actor }) => {
    const t = await getTranslations('users');
    return (
      <Messages only={['users']}>
        <PageHeader
          title={user.name}
          breadcrumbs={[{ label: t('title'), href: '/users' }, { label: user.partnerName }]}
          meta={<UserState disabled={user.disabledAt !== null} />}
        />
        <Facts user={user} timeZone={actor.timeZone} />
        <Grants user={user} />
        <Access user={user} />
      </Messages>
    );
  },
);

async function Facts({ user, timeZone }: { user: UserRecord; timeZone: string }) {
  const t = await getTranslations('users');
  const moment = (at: string | null) => (at === null ? t('record.never') : <Moment at={at} timeZone={timeZone} />);
  const audit = <Link href={`/audit?actor=${user.id}`}>{t('record.audit', { name: user.name })}</Link>;
  return (
    <Section title={t('record.facts')} action={audit} framed>
      <KeyValueList
        items={[
          { label: t('list.email'), value: user.email },
          { label: t('list.partner'), value: user.partnerName },
          { label: t('list.lastSignIn'), value: moment(user.lastSignInAt) },
          { label: t('record.sessions'), value: t('record.sessionCount', { count: user.liveSessions }) },
          { label: t('record.timeZone'), value: user.timeZone },
          { label: t('record.added'), value: moment(user.createdAt) },
          ...(user.disabledAt === null ? [] : [{ label: t('record.disabledAt'), value: moment(user.disabledAt) }]),
          { label: t('record.id'), value: <CopyableId id={user.id} label={t('record.id')} /> },
        ]}
      />
    </Section>
  );
}

async function Grants({ user }: { user: UserRecord }) {
  const t = await getTranslations('users');
  return (
    <Section title={t('record.grants')} description={t('record.grantsDescription')}>
      <DataTable
        caption={t('record.grantsCaption', { name: user.name })}
        columns={[
          { key: 'role', header: t('record.grantRole') },
          { key: 'partner', header: t('record.grantPartner') },
          { key: 'may', header: t('record.grantMay') },
        ]}
        rows={user.grants.map(({ role, partnerId, partnerName }) => ({
          id: `${role} ${partnerId}`,
          cells: { role: t(`role.${role}`), partner: partnerName, may: t(`record.may.${role}`) },
        }))}
        empty={<EmptyState title={t('record.noGrants.title')}>{t('record.noGrants.text')}</EmptyState>}
      />
    </Section>
  );
}

async function Access({ user }: { user: UserRecord }) {
  const t = await getTranslations('users');
  const { id, name, disabledAt, protectedBecause, lastAdminOf } = user;
  return (
    <Section title={t('record.access')} framed={protectedBecause === null}>
      {protectedBecause === null ? (
        <UserActs
          user={{ id, name, disabled: disabledAt !== null }}
          lastAdminOf={lastAdminOf}
          disable={disableUserAction}
          enable={enableUserAction}
          reset={resetPasswordAction}
        />
      ) : (
        <Notice kind="info" title={t(`protected.${protectedBecause}.title`)}>
          {t(`protected.${protectedBecause}.text`)}
        </Notice>
      )}
    </Section>
  );
}
