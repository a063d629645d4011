import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { recordDeniedAccess } from '../audit/record-denied-access';
import { type Actor, currentActor } from '../auth/actor';
import { markDoor } from '../auth/doors';
import { type HandlerPath, handlers } from '../auth/entry-points';
import { requireHeld } from '../auth/require-held';
import { Conflict, Forbidden, NotFound } from '../errors';
import { log } from '../log';

export interface HandlerInput {
  readonly actor: Actor;
  readonly params: Readonly<Record<string, string>>;
  readonly search: URLSearchParams;
  readonly request: Request;
}

function refusal(status: number, code: string, message?: string): Response {
  return Response.json({ code, ...(message === undefined ? {} : { message }) }, { status });
}

/**
 * The one way to write a GET handler: session, permission, run. Answers 401 to nobody, 404 for what is not there or not
 * in the branch, 403 for what the role does not allow, 409 with a sentence for what cannot be done as things stand.
 * @param path the handler's row in `entry-points.ts`
 */
export function actorHandler(
  path: HandlerPath,
  run: (input: HandlerInput) => Promise<Response>,
): (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response> {
  return markDoor(
    { kind: 'handler', name: path },
    async (request: Request, context: { params: Promise<Record<string, string>> }) => {
      const actor = await currentActor();
      if (actor === null) return refusal(401, 'signed-out');
      const params = await context.params;
      try {
        requireHeld(actor, handlers[path].needs);
        return await run({ actor, params, search: new URL(request.url).searchParams, request });
      } catch (error) {
        if (error instanceof Conflict) return refusal(409, 'conflict', error.message);
        if (error instanceof NotFound || error instanceof Forbidden) {
          const code = error instanceof NotFound ? 'not-found' : 'forbidden';
          await recordDeniedAccess(actor, `handler ${path}`, code, Object.values(params).join(' '));
          return refusal(error instanceof NotFound ? 404 : 403, code);
        }
        const errorId = uuidv7();
        log.error({ entry: path, errorId, userId: actor.userId, error }, 'handler failed');
        return refusal(500, 'unexpected', errorId);
      }
    },
  );
}
