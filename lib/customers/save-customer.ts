import 'server-only';
import type { Actor } from '../auth/actor';
import { asActor } from '../db/as-actor';
import { Stale } from '../errors';
import type { CustomerEdit, CustomerSaved } from './customer-record';
import { editCustomer } from './edit-customer';
import { toCustomerFacts } from './to-customer-facts';

/**
 * Saves a customer's facts from its form.
 * @throws NotFound outside the branch, Forbidden without the right
 */
export async function saveCustomer(actor: Actor, edit: CustomerEdit): Promise<CustomerSaved> {
  try {
    return { kind: 'saved', version: await asActor(actor, (tx) => editCustomer(tx, actor, edit)) };
  } catch (error) {
    if (!(error instanceof Stale)) throw error;
    const row = await asActor(actor, (tx) => tx.customer.findUniqueOrThrow({ where: { id: edit.customerId } }));
    return { kind: 'stale', version: row.version, facts: toCustomerFacts(row) };
  }
}
