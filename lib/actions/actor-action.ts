import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { recordDeniedAccess } from '../audit/record-denied-access';
import { type Actor, currentActor } from '../auth/actor';
import { markDoor } from '../auth/doors';
import type { ActionName } from '../auth/entry-points';
import { Conflict, Forbidden, NotFound, Stale } from '../errors';
import { log } from '../log';
import { type ActionFailure, type ActionResult, failed, succeeded } from '../result';
import { type RequestFacts, requestFacts } from './request-facts';
import { isStorable } from './storable';

export interface ActionContext<Input> {
  readonly actor: Actor;
  readonly input: Input;
  readonly request: RequestFacts;
}

/**
 * The one way to write a server action: origin, session, schema, then the operation, whose expected endings become typed
 * answers. No thrown text reaches the browser.
 * @param name the action's row in `entry-points.ts`
 * @param schema parses the browser's input; make it strict, so that a field nobody asked for is refused
 * @param run the operation: it authorizes inside its own transaction
 */
export function actorAction<Schema extends z.core.$ZodType, Value>(
  name: ActionName,
  schema: Schema,
  run: (context: ActionContext<z.output<Schema>>) => Promise<Value>,
): (raw: unknown) => Promise<ActionResult<Value>> {
  return markDoor({ kind: 'action', name }, async (raw: unknown) => {
    const request = await requestFacts();
    if (!request.sameOrigin) return failed('wrong-origin');
    const actor = await currentActor();
    if (actor === null) return failed('signed-out');
    const parsed = isStorable(raw) ? z.safeParse(schema, raw) : null;
    if (parsed === null) return failed('invalid-input');
    if (!parsed.success) return failed('invalid-input', undefined, fieldMessages(parsed.error));
    try {
      return succeeded(await run({ actor, input: parsed.data, request }));
    } catch (error) {
      return ending(error, actor, name, raw);
    }
  });
}

/** Sentences by dotted path, as react-hook-form names fields. */
function fieldMessages(error: z.core.$ZodError): Record<string, string[]> {
  const fields: Record<string, string[]> = {};
  for (const issue of error.issues) {
    const path = issue.path.join('.');
    fields[path] = [...(fields[path] ?? []), issue.message];
  }
  return fields;
}

async function ending(error: unknown, actor: Actor, name: ActionName, raw: unknown): Promise<ActionFailure> {
  if (error instanceof NotFound || error instanceof Forbidden) {
    const code = error instanceof NotFound ? 'not-found' : 'forbidden';
    await recordDeniedAccess(actor, `action ${name}`, code, idsIn(raw));
    return failed(code);
  }
  if (error instanceof Stale) return failed('stale');
  if (error instanceof Conflict) return failed('conflict', error.message, error.fields);
  const errorId = uuidv7();
  log.error({ entry: name, errorId, userId: actor.userId, error }, 'action failed');
  return failed('unexpected', errorId);
}

const uuidSchema = z.uuid();

/** The ids named at the top of an input, for the entry of a refusal. */
function idsIn(raw: unknown): string {
  if (typeof raw !== 'object' || raw === null) return '';
  return Object.entries(raw)
    .filter(([, value]) => uuidSchema.safeParse(value).success)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ');
}
