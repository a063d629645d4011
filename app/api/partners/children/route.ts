import { z } from 'zod';
import { NotFound } from '@/lib/errors';
import { actorHandler } from '@/lib/pages/actor-handler';
import { readLevel } from '@/lib/partners/read-level';

const querySchema = z.object({
  parent: z.uuid(),
  after: z.uuid().optional(),
  before: z.uuid().optional(),
  end: z.enum(['first', 'last']).optional(),
});

/** A page of the partners right below one, by name: what the tree asks when a partner is opened or scrolled through. */
export const GET = actorHandler('/api/partners/children', async ({ actor, search }) => {
  const query = querySchema.safeParse(Object.fromEntries(search));
  if (!query.success) throw new NotFound();
  const { parent, after, before, end } = query.data;
  const place = {
    ...(after === undefined ? {} : { after }),
    ...(before === undefined ? {} : { before }),
    ...(end === undefined ? {} : { end }),
  };
  return Response.json(await readLevel(actor, parent, place));
});
