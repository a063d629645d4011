import { vi } from 'vitest';

// Import this first: it puts request-store.ts in the place of what Next gives to the code of a request.
vi.mock('next/headers', async () => (await import('./request-store')).nextHeaders);
vi.mock('next/server', async (original) => ({
  ...(await original<typeof import('next/server')>()),
  after: (await import('./request-store')).after,
}));
vi.mock('next-intl/server', async () => {
  const { translator } = await import('./request-store');
  return { getTranslations: async () => translator() };
});
vi.mock('next-intl', async (original) => ({
  ...(await original<typeof import('next-intl')>()),
  NextIntlClientProvider: ({ children }: { readonly children: unknown }) => children,
  useTranslations: (await import('./request-store')).translator,
}));
