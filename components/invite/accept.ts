import * as z from 'zod/mini';

const answerSchema = z.union([
  z.object({ kind: z.literal('accepted'), email: z.string() }),
  z.object({ kind: z.literal('gone') }),
  z.object({ kind: z.literal('unusable'), message: z.string() }),
]);

/** How the setting of a first password ended; `failed` when the portal did not answer. */
export type AcceptAnswer = z.infer<typeof answerSchema> | { readonly kind: 'failed' };

/** Sets the first password by the token of a link. */
export async function acceptInvite(token: string, password: string): Promise<AcceptAnswer> {
  try {
    const response = await fetch('/api/invitations', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, password }),
    });
    const answer = answerSchema.safeParse(await response.json());
    return answer.success ? answer.data : { kind: 'failed' };
  } catch {
    return { kind: 'failed' };
  }
}
