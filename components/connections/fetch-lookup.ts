import * as z from 'zod/mini';

const answerSchema = z.object({
  options: z.array(
    z.object({
      value: z.string(),
      label: z.string(),
      detail: z.nullable(z.string()),
      data: z.optional(z.unknown()),
    }),
  ),
  readAt: z.string(),
});

const dataSchema = z.object({ mappedTo: z.optional(z.string()), hasChildren: z.optional(z.boolean()) });

const failureSchema = z.object({
  code: z.string(),
  message: z.optional(z.string()),
  params: z.optional(z.record(z.string(), z.string())),
});

/** A look-up that was not answered: `code` says why; for a vendor's failure `message` is a key below `vendor-errors`. */
export class LookupFailed extends Error {
  override readonly name = 'LookupFailed';
  constructor(
    readonly code: string,
    readonly words: string | undefined,
    readonly params: Readonly<Record<string, string>>,
  ) {
    super(`look-up failed: ${code}`);
  }
}

/** Reads what a handler of ours reads at a vendor. Throws LookupFailed. */
export async function readFromVendor(address: string, signal?: AbortSignal): Promise<unknown> {
  const response = await fetch(address, signal === undefined ? {} : { signal });
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body;
  const failure = failureSchema.safeParse(body);
  if (!failure.success) throw new LookupFailed('unexpected', undefined, {});
  throw new LookupFailed(failure.data.code, failure.data.message, failure.data.params ?? {});
}

/** Reads the choices of a picker from the vendor, through our own handler. Throws LookupFailed. */
export async function fetchLookup({
  connectionId,
  lookup,
  search,
  parent,
  partnerId,
  signal,
}: {
  readonly connectionId: string;
  readonly lookup: string;
  readonly search: string;
  /** The choice whose children are wanted, in a tree that opens level by level; null for the top. */
  readonly parent: string | null;
  /** For whom it is asked; absent: for whoever has the only mapping in sight. */
  readonly partnerId?: string;
  readonly signal: AbortSignal;
}) {
  const query = new URLSearchParams({
    search,
    ...(parent === null ? {} : { parent }),
    ...(partnerId === undefined ? {} : { partner: partnerId }),
  });
  const body = await readFromVendor(`/api/connections/${connectionId}/lookups/${lookup}?${query}`, signal);
  const answer = answerSchema.safeParse(body);
  if (!answer.success) throw new LookupFailed('unexpected', undefined, {});
  const { options, readAt } = answer.data;
  return {
    readAt,
    options: options.map(({ data, ...option }) => {
      const known = dataSchema.safeParse(data);
      const { mappedTo = null, hasChildren = false } = known.success ? known.data : {};
      return { ...option, mappedTo, hasChildren };
    }),
  };
}
