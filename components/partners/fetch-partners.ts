import * as z from 'zod/mini';
import type { MovePreview } from '@/lib/partners/move-preview';
import type { FoundPartner, LevelPage } from '@/lib/partners/partner-node';

const kind = z.enum(['host', 'csp', 'reseller']);

const levelSchema = z.object({
  start: z.number(),
  total: z.number(),
  nodes: z.array(
    z.object({ partnerId: z.string(), name: z.string(), kind, children: z.number(), disabled: z.boolean() }),
  ),
});

const foundSchema = z.object({
  found: z.array(
    z.object({ partnerId: z.string(), name: z.string(), key: z.string(), kind, above: z.array(z.string()) }),
  ),
  more: z.boolean(),
});

const changeSchema = z.object({
  count: z.number(),
  people: z.array(z.object({ userId: z.string(), name: z.string(), role: z.string() })),
  unnamed: z.number(),
});

const previewSchema = z.object({
  partnerName: z.string(),
  targetName: z.string(),
  hindrance: z.nullable(z.enum(['top', 'same', 'cycle', 'kind', 'disabled'])),
  gains: changeSchema,
  loses: changeSchema,
  below: z.number(),
  customers: z.number(),
  connectionsLost: z.array(z.string()),
  connectionsGained: z.array(z.string()),
});

async function read(address: string, signal?: AbortSignal): Promise<unknown> {
  const response = await fetch(address, signal === undefined ? {} : { signal });
  if (!response.ok) throw new Error(`${response.status}`);
  return response.json();
}

/** A page of the partners right below one. Throws when the portal does not answer it. */
export async function fetchChildren(parentId: string, place: Readonly<Record<string, string>>): Promise<LevelPage> {
  return levelSchema.parse(await read(`/api/partners/children?${new URLSearchParams({ ...place, parent: parentId })}`));
}

/** Partners by a part of their name or key. Throws when the portal does not answer it. */
export async function fetchFound(
  query: string,
  signal: AbortSignal,
): Promise<{ readonly found: readonly FoundPartner[]; readonly more: boolean }> {
  return foundSchema.parse(await read(`/api/partners/search?${new URLSearchParams({ q: query })}`, signal));
}

/** What a move would change. Throws when the portal does not answer it. */
export async function fetchMovePreview(partnerId: string, to: string, signal: AbortSignal): Promise<MovePreview> {
  return previewSchema.parse(await read(`/api/partners/${partnerId}/move?${new URLSearchParams({ to })}`, signal));
}
