import { z } from 'zod';
import { NotFound } from '@/lib/errors';
import { actorHandler } from '@/lib/pages/actor-handler';
import { previewMove } from '@/lib/partners/move-partner';

const querySchema = z.object({ partnerId: z.uuid(), to: z.uuid() });

/** What moving a partner below another one would change. Nothing is changed. */
export const GET = actorHandler('/api/partners/[partnerId]/move', async ({ actor, params, search }) => {
  const query = querySchema.safeParse({ partnerId: params.partnerId, to: search.get('to') });
  if (!query.success) throw new NotFound();
  return Response.json(await previewMove(actor, query.data.partnerId, query.data.to));
});
