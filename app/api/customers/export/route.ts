import { getTranslations } from 'next-intl/server';
import { customerHeader, exportCustomers } from '@/lib/customers/export-customers';
import { csvResponse } from '@/lib/export/csv-response';
import { actorHandler } from '@/lib/pages/actor-handler';

/** The customers that a list's filters show, as a file. */
export const GET = actorHandler('/api/customers/export', async ({ actor, search }) => {
  const words = await getTranslations();
  return csvResponse({
    list: 'customers',
    header: customerHeader(words),
    pages: exportCustomers(actor, search, words),
  });
});
