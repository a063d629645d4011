import * as z from 'zod/mini';
import { guidPattern, type Profile } from '../vocabulary';

/**
 * The wire of AvePoint's services: requests strict, replies loose (vendor-apis.md 1.6, 1.7, seed 001). What a contract needs
 * for a choice is lint's; here is what may be written at all.
 */

const oneOf = (...values: [number, ...number[]]) => z.literal(values);
const int = z.int();
const flag = z.boolean();
const moment = z.iso.datetime();

const draft = z.strictObject({
  product: z.string().check(z.minLength(1)),
  licenseType: z.enum(['Trial', 'Enterprise']),
  avepointStorageType: oneOf(0, 1, 2),
  retentionYear: int,
  byos: flag,
  userSeat: z.optional(int.check(z.positive())),
  expirationTime: z.optional(int),
  licenseItems: z.optional(
    z.array(
      z.strictObject({
        SubscriptionSourceType: z.optional(oneOf(1, 2, 6)),
        IsSameAsPool: flag,
        SaleType: z.optional(oneOf(0, 1, 2)),
        PackageType: z.optional(oneOf(0, 1, 2)),
        CustomerSize: z.optional(int),
        ContractEndDate: z.optional(int),
        PaymentType: z.optional(oneOf(0, 1)),
      }),
    ),
  ),
});

const current = z.strictObject({
  product: oneOf(2048, 274, 40, 42, 49, 65),
  licenseType: oneOf(0, 1),
  avepointStorageType: z.optional(oneOf(0, 1)),
  retentionYear: z.optional(int),
  byos: z.optional(z.literal(true)),
  storageProfileId: z.optional(z.string().check(z.regex(guidPattern))),
  licenseItems: z.optional(
    z.array(
      z.strictObject({
        resource: z.string().check(z.minLength(1)),
        subscriptionSourceType: oneOf(1, 2, 6),
        isSameAsPool: flag,
        expireTime: z.optional(moment),
        saleType: z.optional(oneOf(0, 1, 2)),
        packageType: z.optional(oneOf(0, 1, 2)),
        customerSize: z.optional(int),
        userSeat: int.check(z.positive()),
        contractEndDate: z.optional(moment),
        paymentType: oneOf(0, 1),
      }),
    ),
  ),
});

/** Body of `POST /general/customers/{customerId}/services` by contract. What breaks it is refused before it is sent. */
export const addServiceSchemas = {
  '2026-07': current,
  '2025-09': draft,
} as const satisfies Record<Profile, z.ZodMiniType>;

/** Answer of `POST …/services`: HTTP 200 whatever came of it. `product` is an integer today and was a string. */
export const serviceAddedSchema = z.object({
  status: z.number(),
  customerId: z.optional(z.nullable(z.string())),
  product: z.optional(z.nullable(z.union([z.string(), z.number()]))),
});
export type ServiceAdded = z.infer<typeof serviceAddedSchema>;

const looseText = z.catch(z.optional(z.nullable(z.string())), null);

/** One page of `POST /general/customers/services/batch` (1.7): the name of each service is needed, the rest is tolerated. */
export const servicePageSchema = z.object({
  data: z.array(
    z.object({
      customerId: z.string(),
      products: z.optional(
        z.nullable(
          z.array(
            z.object({
              service: z.string(),
              subscriptionModel: looseText,
              purchasedUserSeats: looseText,
              storage: looseText,
              retention: looseText,
              expirationDate: looseText,
              package: looseText,
              source: looseText,
              paymentType: looseText,
              contractEndDate: looseText,
            }),
          ),
        ),
      ),
    }),
  ),
});
export type ServicePage = z.infer<typeof servicePageSchema>;
