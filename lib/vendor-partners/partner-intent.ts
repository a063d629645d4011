import 'server-only';
import { z } from 'zod';
import { jsonSchema } from '../vendors/json-schema';

/** What an attempt to add a partner keeps in the place of a vendor's section: the section, and what it stood on. */
export const partnerIntentSchema = z.strictObject({
  /** Its name at the vendor. */
  name: z.string(),
  /** The partner at the vendor that it goes below; null where the vendor knows no tree. */
  parent: z.nullable(z.strictObject({ vendorId: z.string(), name: z.string(), level: z.string() })),
  section: jsonSchema,
  /** Partner of ours that it is mapped to as soon as it is there. */
  mapTo: z.nullable(z.uuid()),
});
export type PartnerIntent = z.infer<typeof partnerIntentSchema>;

/** What must be unique among open attempts: a name below one partner, whatever its capitals and blanks. */
export function partnerSubject({ name, parent }: Pick<PartnerIntent, 'name' | 'parent'>): string {
  const plain = name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
  return `${parent?.vendorId ?? ''}|${plain}`;
}
