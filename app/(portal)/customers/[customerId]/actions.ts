'use server';

import * as z from 'zod/mini';
import { actorAction } from '@/lib/actions/actor-action';
import { customerFactsSchema } from '@/lib/customers/customer-facts';
import { saveCustomer } from '@/lib/customers/save-customer';

const schema = z.strictObject({
  customerId: z.uuid(),
  version: z.int32().check(z.positive()),
  facts: customerFactsSchema,
});

export const editCustomer = actorAction('customers.edit', schema, ({ actor, input }) => saveCustomer(actor, input));
