import { countNewerAttempts } from '@/lib/attempts/newer-attempts';
import { parseId } from '@/lib/lists/place';
import { actorHandler } from '@/lib/pages/actor-handler';

/** How many attempts have come since the first row that a list shows. */
export const GET = actorHandler('/api/attempts/newer', async ({ actor, search }) => {
  const count = await countNewerAttempts(actor, { query: search, since: parseId(search.get('since')) });
  return Response.json({ count });
});
