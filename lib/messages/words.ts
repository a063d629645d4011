import type { getTranslations } from 'next-intl/server';

/** The whole catalogue as a translator, handed in by whoever answers: lib itself knows no request and no React. */
export type Words = Awaited<ReturnType<typeof getTranslations<never>>>;
