import 'server-only';
import { Forbidden } from '../errors';
import type { Actor } from './actor';
import type { EntryPoint } from './entry-points';
import { roleHolds } from './permissions';

/**
 * Does the actor hold what an entry point needs anywhere at all? The first, coarse check of a page or handler; the record
 * itself is decided in its transaction.
 * @throws Forbidden when no grant's role holds it
 */
export function requireHeld(actor: Actor, needs: EntryPoint['needs']): void {
  if (needs === 'public' || needs === 'signed-in') return;
  if (!actor.grants.some((grant) => roleHolds(grant.role, needs))) throw new Forbidden(needs);
}
