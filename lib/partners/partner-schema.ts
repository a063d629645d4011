import * as z from 'zod/mini';

/** What the forms of the partner tree send. Client-safe: the forms judge by the same rules. */

export const partnerName = z.string().check(z.trim(), z.minLength(1), z.maxLength(255));

export const addPartnerSchema = z.strictObject({
  parentId: z.uuid(),
  kind: z.enum(['csp', 'reseller']),
  name: partnerName,
});
export type AddPartnerInput = z.infer<typeof addPartnerSchema>;

const seen = { partnerId: z.uuid(), version: z.int().check(z.positive(), z.maximum(2_147_483_647)) } as const;

/** A partner as somebody saw it. */
export const seenPartnerSchema = z.strictObject(seen);
export type SeenPartner = z.infer<typeof seenPartnerSchema>;

export const renamePartnerSchema = z.strictObject({ ...seen, name: partnerName });
export type RenamePartnerInput = z.infer<typeof renamePartnerSchema>;

export const movePartnerSchema = z.strictObject({ ...seen, parentId: z.uuid() });
export type MovePartnerInput = z.infer<typeof movePartnerSchema>;
