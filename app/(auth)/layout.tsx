import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { AuthFrame } from '@/components/shell/auth-frame';
import { env } from '@/lib/env';

/** Pages before sign-in. */
export default async function AuthLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations('shell');
  return (
    <AuthFrame brand={t('brand')} tagline={t('auth.tagline')} sandbox={env().QUAYSIDE_SANDBOX}>
      {children}
    </AuthFrame>
  );
}
