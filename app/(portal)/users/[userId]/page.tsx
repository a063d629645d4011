import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { CopyableId } from '@/components/display/copyable-id';
import { EmptyState } from '@/components/display/empty-state';
import { KeyValueList } from '@/components/display/key-value-list';
import { Link } from '@/components/display/link';
import { Messages } from '@/components/display/messages';
import { Moment } from '@/components/display/moment';
import { Notice } from '@/components/display/notice';
import { PageHeader } from '@/components/display/page-header';
import { Section } from '@/components/display/section';
import { InviteAgain } from '@/components/users/invite-again';
import { UserActs } from '@/components/users/user-acts';
import { UserGrants } from '@/components/users/user-grants';
import { UserState } from '@/components/users/user-state';
import { NotFound } from '@/lib/errors';
import { actorPage } from '@/lib/pages/actor-page';
import { getUserRecord, type UserRecord } from '@/lib/users/get-user-record';
import {
  addGrantAction,
  disableUserAction,
  enableUserAction,
  inviteAgainAction,
  removeGrantAction,
  resetPasswordAction,
} from '../actions';

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
      <Messages only={['users', 'partners']}>
        <PageHeader
          title={user.name}
          breadcrumbs={[{ label: t('title'), href: '/users' }, { label: user.partnerName }]}
          meta={<UserState disabled={user.disabledAt !== null} />}
        />
        <Facts user={user} timeZone={actor.timeZone} />
        <Grants user={user} />
        <Access user={user} timeZone={actor.timeZone} />
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
    <UserGrants
      user={{ id: user.id, name: user.name }}
      grants={user.grants}
      manage={user.protectedBecause === null}
      empty={<EmptyState title={t('record.noGrants.title')}>{t('record.noGrants.text')}</EmptyState>}
      add={addGrantAction}
      remove={removeGrantAction}
    />
  );
}

async function Access({ user, timeZone }: { user: UserRecord; timeZone: string }) {
  const t = await getTranslations('users');
  const { id, name, disabledAt, protectedBecause, lastAdminOf, invited } = user;
  return (
    <Section title={t('record.access')} framed={protectedBecause === null}>
      {protectedBecause === null ? (
        <>
          {invited !== null && disabledAt === null && (
            <InviteAgain user={{ id, name }} until={invited.until} timeZone={timeZone} act={inviteAgainAction} />
          )}
          <UserActs
            user={{ id, name, disabled: disabledAt !== null }}
            lastAdminOf={lastAdminOf}
            disable={disableUserAction}
            enable={enableUserAction}
            reset={resetPasswordAction}
          />
        </>
      ) : (
        <Notice kind="info" title={t(`protected.${protectedBecause}.title`)}>
          {t(`protected.${protectedBecause}.text`)}
        </Notice>
      )}
    </Section>
  );
}
