import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ButtonLink } from '@/components/display/button-link';
import { Messages } from '@/components/display/messages';
import { Notice } from '@/components/display/notice';
import { InviteForm } from '@/components/invite/invite-form';
import classes from '@/components/invite/invite-form.module.css';
import { findInvitation } from '@/lib/users/accept-invitation';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('invite');
  return { title: t('title'), robots: { index: false } };
}

interface Props {
  readonly params: Promise<{ readonly token: string }>;
}

/** Where a person who was invited sets the first password. Opening it uses nothing up: mail programs open links too. */
export default async function InvitePage({ params }: Props) {
  const { token } = await params;
  const t = await getTranslations('invite');
  const invitation = await findInvitation(token);
  return (
    <>
      <h1>{t('title')}</h1>
      {invitation === null ? (
        <div className={classes.form}>
          <Notice kind="warning" title={t('gone.title')}>
            {t('gone.text')}
          </Notice>
          <ButtonLink href="/sign-in">{t('gone.signIn')}</ButtonLink>
        </div>
      ) : (
        <Messages only={['invite']}>
          <p>{t('intro', { name: invitation.name, partner: invitation.partnerName, email: invitation.email })}</p>
          <InviteForm token={token} email={invitation.email} />
        </Messages>
      )}
    </>
  );
}
