import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Messages } from '@/components/display/messages';
import { SignInForm } from '@/components/sign-in/sign-in-form';
import { currentActor } from '@/lib/auth/actor';
import { toNextPath } from '@/lib/auth/next-path';
import { sessionCookie } from '@/lib/auth/session-cookie';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('sign-in');
  return { title: t('title') };
}

interface Props {
  readonly searchParams: Promise<{ readonly next?: string | string[] }>;
}

/** The one page for everybody: it asks who is there and shows nothing else. */
export default async function SignInPage({ searchParams }: Props) {
  const { next: given } = await searchParams;
  const next = toNextPath(typeof given === 'string' ? given : undefined);
  if ((await currentActor()) !== null) redirect(next);
  const t = await getTranslations('sign-in');
  const ended = (await cookies()).has(sessionCookie().name);
  return (
    <>
      <h1>{t('title')}</h1>
      <Messages only={['sign-in']}>
        <SignInForm next={next} ended={ended} />
      </Messages>
    </>
  );
}
