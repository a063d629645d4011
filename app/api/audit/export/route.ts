import { getTranslations } from 'next-intl/server';
import { entryHeader, exportEntries } from '@/lib/audit/export-entries';
import { csvResponse } from '@/lib/export/csv-response';
import { actorHandler } from '@/lib/pages/actor-handler';

/** The audit entries that a list's filters show, as a file. */
export const GET = actorHandler('/api/audit/export', async ({ actor, search }) => {
  const words = await getTranslations();
  return csvResponse({ list: 'audit', header: entryHeader(words), pages: exportEntries(actor, search, words) });
});
