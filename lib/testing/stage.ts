import 'server-only';
import { z } from 'zod';
import type { ActionName } from '../auth/entry-points';
import type { Role } from '../auth/permissions';
import { closeDatabases } from '../db/client';
import { closeVendors } from '../vendors/registry';
import type { TestDatabase } from './database';
import { type FoundDoor, findDoors } from './entry-files';
import { type Answer, openAction, openDoor } from './matrix';
import { actionRows } from './matrix-inputs';
import type { Relation } from './matrix-place';
import { addSession } from './matrix-records';
import { beginRequest } from './matrix-request';
import { makeWorld, type World } from './matrix-world';

/** The world of the matrix with its actions at hand: for tests that call actions as the browser does. */
export interface Stage {
  readonly world: World;
  readonly actions: readonly FoundDoor[];
  /** A valid input of an action, about a record of one's own partner or another. */
  validInput(name: string, role: Role, relation?: Relation): Promise<unknown>;
  /** Opens a page or handler as one of the three people. */
  open(
    path: string,
    params: Readonly<Record<string, string>>,
    as: { readonly role: Role; readonly query?: Readonly<Record<string, string>> },
  ): Promise<Answer>;
  /** Calls an action as one of the three people, each time with a new session and the headers that differ. */
  act(
    name: string,
    input: unknown,
    as?: { readonly role?: Role; readonly differing?: Readonly<Record<string, string | null>> },
  ): Promise<Answer>;
  close(): Promise<void>;
}

/** Sets the stage in a database. */
export async function setStage(database: TestDatabase): Promise<Stage> {
  const world = await makeWorld();
  const doors = await findDoors();
  const actions = doors.filter(({ door }) => door.kind === 'action');
  return {
    world,
    actions,
    async validInput(name, role, relation = 'own') {
      const row = Object.entries(actionRows).find(([one]) => one === name)?.[1];
      const cell = { world, place: world.places[relation], role, userId: world.people[role] };
      if (row === undefined) throw new Error(`there is no action ${name}`);
      return row.input(cell);
    },
    async open(path, params, { role, query = {} }) {
      const found = doors.find(({ door }) => door.kind !== 'action' && door.name === path);
      if (found === undefined) throw new Error(`nothing answers at ${path}`);
      await beginRequest({ sessionId: await addSession(world.people[role]) });
      return openDoor(found, { params, query });
    },
    async act(name, input, { role = 'admin', differing = {} } = {}) {
      const found = actions.find(({ door }) => door.name === name);
      if (found === undefined) throw new Error(`nothing exports the action ${name}`);
      await beginRequest({ sessionId: await addSession(world.people[role]), differing });
      return openAction(found, input);
    },
    async close() {
      await closeVendors();
      await world.simulator.stop();
      await world.avepoint.stop();
      await closeDatabases();
      await database.drop();
    },
  };
}

const failureSchema = z.object({ code: z.string() });

/** The code of a failure, or null for a success. */
export function codeOf({ text }: Answer): string | null {
  return failureSchema.safeParse(JSON.parse(text)).data?.code ?? null;
}

/** Names of all actions, for tables of tests. */
export function actionNames(): readonly ActionName[] {
  return z
    .array(z.custom<ActionName>((name) => typeof name === 'string' && name in actionRows))
    .parse(Object.keys(actionRows));
}
