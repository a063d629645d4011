import * as z from 'zod/mini';
import { licenses } from './vocabulary';

/**
 * The form of a service. Client-safe. Rules about content are lint, so that what was typed survives a refusal; here is only
 * what can be kept at all.
 */

const text = (max: number) => z._default(z.string().check(z.maxLength(max)), '');
/** A number; null for an empty box; the text itself where it is no number (yet). */
const number = () => z._default(z.nullable(z.union([z.number(), z.string().check(z.maxLength(20))])), null);

export const serviceInputSchema = z.object({
  /** Our word for a product of `vocabulary.ts`. */
  product: text(60),
  license: z._default(z.enum(['', ...licenses]), ''),
  storage: z._default(z.enum(['', 'azure', 's3', 'gcp']), ''),
  /** The customer's own storage. */
  ownStorage: z._default(z.boolean(), false),
  storageProfileId: text(60),
  retentionYears: number(),
  seats: number(),
  source: z._default(z.enum(['', 'avepoint', 'marketplace', 'lars']), ''),
  /** Expires with the pool that the licence comes from. */
  sameAsPool: z._default(z.boolean(), false),
  /** Days, YYYY-MM-DD; the end of the day in UTC is sent. */
  expiry: text(10),
  contractEnd: text(10),
  sale: z._default(z.enum(['', 'capacity', 'users', 'organization']), ''),
  package: z._default(z.enum(['', 'standard', 'core', 'flex']), ''),
  customerSize: number(),
  payment: z._default(z.enum(['', 'prepaid', 'payg']), ''),
});
export type ServiceInput = z.infer<typeof serviceInputSchema>;

/** The form as it opens. */
export const emptyServiceInput: ServiceInput = serviceInputSchema.parse({});

/** The end of a day in UTC, in epoch milliseconds; null for what is no day. */
export function endOfDay(day: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const at = Date.parse(`${day}T23:59:59Z`);
  // A day that is not in the calendar rolls over or is none.
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day ? null : at;
}

/** A whole number as typed; null for anything else. */
export function wholeNumber(typed: ServiceInput['seats']): number | null {
  return typeof typed === 'number' && Number.isSafeInteger(typed) ? typed : null;
}

const draftItem = [
  'SubscriptionSourceType',
  'IsSameAsPool',
  'SaleType',
  'PackageType',
  'CustomerSize',
  'ContractEndDate',
  'PaymentType',
];
const currentItem = [
  'resource',
  'subscriptionSourceType',
  'isSameAsPool',
  'expireTime',
  'saleType',
  'packageType',
  'customerSize',
  'userSeat',
  'contractEndDate',
  'paymentType',
];

/** What may be stored of a request that adds a service: every documented key. Syntax: `http/redact.ts`. */
export const keptOfService: readonly string[] = [
  'product',
  'licenseType',
  'avepointStorageType',
  'retentionYear',
  'byos',
  'storageProfileId',
  'userSeat',
  'expirationTime',
  ...[...currentItem, ...draftItem].map((key) => `licenseItems[].${key}`),
];

/** What may be stored of the answer. */
export const keptOfServiceAdded: readonly string[] = ['customerId', 'product', 'status'];
