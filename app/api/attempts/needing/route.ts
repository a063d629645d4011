import { countNeedingSomebody } from '@/lib/attempts/count-needing-somebody';
import { actorHandler } from '@/lib/pages/actor-handler';

/** How many attempts wait for a person, for the frame of a page that has been open for a while. */
export const GET = actorHandler('/api/attempts/needing', async ({ actor }) =>
  Response.json({ count: await countNeedingSomebody(actor) }),
);
