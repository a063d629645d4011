import 'server-only';
import { z } from 'zod';
import { nextStep, readState } from '../attempts/attempt';
import { attemptStateSchema } from '../attempts/attempt-state-schema';
import type { Actor } from '../auth/actor';
import { type ActorTx, asActor } from '../db/as-actor';
import { Conflict, NotFound } from '../errors';
import { parseId } from '../lists/place';
import { vendorProblemSchema } from '../vendors/problem-schema';
import { knownServicesAt } from './known-services';
import { requireServiceCustomer } from './service-customer';
import type { ServiceForm } from './service-form';
import { serviceIntentSchema } from './service-intent';

/**
 * The form of a service for a customer: at the connection that the address names, or with what a refused attempt held.
 * @throws NotFound when customer, connection or attempt are not there for the actor, or have no services
 */
export async function loadServiceForm(
  actor: Actor,
  customerId: string,
  search: Readonly<Record<string, string | undefined>>,
): Promise<ServiceForm> {
  const id = parseId(customerId);
  if (id === null) throw new NotFound();
  return asActor(actor, async (tx) => {
    const retried = search.retry === undefined ? null : await loadRetry(tx, id, search.retry);
    const connectionId = retried?.connectionId ?? search.connection ?? '';
    if (!z.uuid().safeParse(connectionId).success) throw new NotFound();
    const target = await requireServiceCustomer(tx, actor, { customerId: id, connectionId }).catch((error: unknown) => {
      // A page that cannot be is no page; an action would say why.
      throw error instanceof Conflict ? new NotFound() : error;
    });
    const { connection } = target;
    return {
      customer: { customerId: id, name: target.facts.name },
      connection: {
        connectionId,
        name: connection.name,
        vendor: connection.vendor,
        profile: connection.profile,
        sandbox: connection.sandbox,
      },
      input: retried?.input ?? target.rules.emptyInput,
      known: await knownServicesAt(tx, { customerId: id, connectionId }),
      retry: retried === null ? null : retried.retry,
    };
  });
}

async function loadRetry(tx: ActorTx, customerId: string, attemptId: string) {
  const id = parseId(attemptId);
  const row =
    id === null
      ? null
      : await tx.attempt.findFirst({ where: { id, customerId, operation: 'add-service' }, include: { content: true } });
  const kept = serviceIntentSchema.safeParse(row?.content?.input);
  if (row === null || !kept.success) throw new NotFound();
  const problem = vendorProblemSchema.nullable().catch(null).parse(row.outcome);
  const state = readState({ state: attemptStateSchema.parse(row.state), deadline: row.deadline }, new Date());
  const step = nextStep({
    state,
    reason: problem?.kind ?? null,
    retryable: problem?.retryable ?? false,
    retried: row.retriedBy !== null,
    contradicted: row.contradicted,
    operation: row.operation,
  });
  if (state !== 'refused' || step === 'nothing') throw new NotFound();
  const { correlationId, connectionId } = row;
  return { connectionId, input: kept.data.service, retry: { attemptId: row.id, correlationId, problem } };
}
