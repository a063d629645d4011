import { actorHandler } from '@/lib/pages/actor-handler';
import { searchPartners } from '@/lib/partners/search-partners';

/** Partners of the branch by a part of their name or key: for the search above the tree, and for pickers. */
export const GET = actorHandler('/api/partners/search', async ({ actor, search }) =>
  Response.json(await searchPartners(actor, search.get('q') ?? '')),
);
