import { NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import { type Catalogue, catalogue } from '@/lib/messages/catalogue';

/**
 * Gives client components below it their texts, and only theirs: messages travel with the page.
 *
 * In a page (server): `const t = await getTranslations('customers')` for what the page itself writes, and around client
 * components that call `useTranslations('customers')`:
 *
 *     <Messages only={['customers']}><CustomerForm … /></Messages>
 *
 * The texts of the shared components (`display`) are always included. An inner one replaces an outer one.
 */
export function Messages({ only, children }: { only: readonly (keyof Catalogue)[]; children: ReactNode }) {
  const picked = Object.fromEntries(['display' as const, ...only].map((name) => [name, catalogue[name]]));
  return <NextIntlClientProvider messages={picked}>{children}</NextIntlClientProvider>;
}
