import { getTranslations } from 'next-intl/server';
import { actorHandler } from '@/lib/pages/actor-handler';
import { search } from '@/lib/search/search';

/** What the palette asks while somebody types. */
export const GET = actorHandler('/api/search', async ({ actor, search: query }) => {
  const { results } = await search(actor, query.get('q') ?? '', await getTranslations());
  return Response.json({ results });
});
