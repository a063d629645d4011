import { getTranslations } from 'next-intl/server';
import { attemptHeader, exportAttempts } from '@/lib/attempts/export-attempts';
import { csvResponse } from '@/lib/export/csv-response';
import { actorHandler } from '@/lib/pages/actor-handler';

/** The attempts that a list's filters show, as a file. */
export const GET = actorHandler('/api/attempts/export', async ({ actor, search }) => {
  const words = await getTranslations();
  return csvResponse({ list: 'attempts', header: attemptHeader(words), pages: exportAttempts(actor, search, words) });
});
