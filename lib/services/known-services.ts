import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { ActorTx } from '../db/as-actor';
import { asSystem } from '../db/as-system';
import type { FoundService } from '../vendors/vendor-services';
import type { KnownServices } from './service-plan-view';

export interface ServicesAt {
  readonly customerId: string;
  readonly connectionId: string;
}

/** For so long a service that an attempt added is believed without the vendor showing it, in milliseconds: reads may lag. */
const lagMs = 60 * 60_000;

const factsSchema = z.record(z.string(), z.string()).catch({});

/** What is known of the services of a customer, per connection at which it was ever read or added to. */
export async function listKnownServices(tx: ActorTx, customerId: string): Promise<readonly KnownServices[]> {
  const readings = await tx.serviceReading.findMany({ where: { customerId } });
  const rows = await tx.service.findMany({ where: { customerId }, orderBy: [{ name: 'asc' }, { id: 'asc' }] });
  const attemptIds = rows.flatMap((row) => row.attemptId ?? []);
  const attempts = await tx.attempt.findMany({
    where: { id: { in: attemptIds } },
    select: { id: true, correlationId: true },
  });
  const connectionIds = new Set([...readings, ...rows].map((row) => row.connectionId));
  return [...connectionIds].map((connectionId) => ({
    connectionId,
    readAt: readings.find((one) => one.connectionId === connectionId)?.readAt.toISOString() ?? null,
    services: rows
      .filter((row) => row.connectionId === connectionId)
      .map((row) => ({
        id: row.id,
        product: row.product,
        name: row.name,
        facts: factsSchema.parse(row.facts),
        addedBy: attempts.find((attempt) => attempt.id === row.attemptId)?.correlationId ?? null,
        knownAt: row.knownAt.toISOString(),
      })),
  }));
}

/** The same at one connection. */
export async function knownServicesAt(tx: ActorTx, { customerId, connectionId }: ServicesAt): Promise<KnownServices> {
  const all = await listKnownServices(tx, customerId);
  return all.find((one) => one.connectionId === connectionId) ?? { connectionId, readAt: null, services: [] };
}

/**
 * Keeps what was read at the vendor in the place of what was read before. A service that an attempt added and this reading
 * does not show is kept for a while: the vendor may lag.
 */
export async function keepServices(
  { customerId, connectionId, partnerId }: ServicesAt & { readonly partnerId: string },
  found: readonly FoundService[],
): Promise<void> {
  await asSystem('keep what was read of services', async (tx) => {
    // First the row that both of two readings write: it lets them take turns.
    await tx.serviceReading.upsert({
      where: { customerId_connectionId: { customerId, connectionId } },
      create: { customerId, connectionId, partnerId, readAt: new Date() },
      update: { readAt: new Date() },
    });
    const shown = found.flatMap(({ product }) => product ?? []);
    await tx.service.deleteMany({
      where: {
        customerId,
        connectionId,
        OR: [{ attemptId: null }, { product: { in: shown } }, { knownAt: { lt: new Date(Date.now() - lagMs) } }],
      },
    });
    await tx.service.createMany({
      data: found.map(({ product, name, facts }) => ({
        id: uuidv7(),
        customerId,
        connectionId,
        partnerId,
        product,
        name,
        facts: { ...facts },
      })),
    });
  });
}
