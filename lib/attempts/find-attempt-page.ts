import 'server-only';
import type { Actor } from '../auth/actor';
import { asActor } from '../db/as-actor';
import { NotFound } from '../errors';
import { parseId } from '../lists/place';
import { attemptHref } from './attempt-href';

/**
 * Where an attempt is shown: the record of its onboarding, with the attempt chosen.
 * @throws NotFound when it is not there or outside the branch
 */
export async function findAttemptPage(actor: Actor, attemptId: string): Promise<string> {
  const id = parseId(attemptId);
  if (id === null) throw new NotFound();
  const row = await asActor(actor, (tx) => tx.attempt.findUnique({ where: { id }, select: { correlationId: true } }));
  if (row === null) throw new NotFound();
  return attemptHref({ correlationId: row.correlationId, attemptId: id });
}
