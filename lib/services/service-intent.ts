import 'server-only';
import { z } from 'zod';
import { jsonSchema } from '../vendors/json-schema';

/** What an attempt to add a service keeps in the place of a vendor's section: the form, and what it stood on. */
export const serviceIntentSchema = z.strictObject({
  /** The customer's id at the vendor; null while it waits for the customer, whose coming fills it in. */
  vendorCustomerId: z.string().nullable(),
  /** Our word for the product, and the vendor's name for it. */
  product: z.string(),
  name: z.string(),
  service: jsonSchema,
  /** How many services of this product the customer had when the plan was made; null: nobody could look. */
  before: z.number().nullable(),
});
export type ServiceIntent = z.infer<typeof serviceIntentSchema>;

/**
 * What must be unique among open attempts: this product of this customer.
 * @param customer its id at the vendor; while that is not there, the attempt's that is to make it
 */
export function serviceSubject(customer: string, product: string): string {
  return `${customer}|${product}`;
}

/** The customer's id at the vendor, of an attempt's subject. */
export function customerOfSubject(subject: string): string {
  return subject.slice(0, subject.lastIndexOf('|'));
}
