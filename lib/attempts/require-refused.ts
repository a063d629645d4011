import 'server-only';
import { Conflict, NotFound } from '../errors';
import { readState } from './attempt';
import { attemptStateSchema } from './attempt-state-schema';

/**
 * Only what reads as refused is tried again.
 * @param attempt as it is stored; null when there is none by that id here
 * @throws NotFound when there is none; Conflict when it is not refused
 */
export function requireRefused(attempt: { readonly state: string; readonly deadline: Date } | null): void {
  if (attempt === null) throw new NotFound();
  const { state, deadline } = attempt;
  if (readState({ state: attemptStateSchema.parse(state), deadline }, new Date()) === 'refused') return;
  throw new Conflict('Only a refused attempt can be tried again: this one may have taken effect. Nothing was sent.');
}
